// Links of rich text: to an article of this site, which is named by its id and found whatever address it has, or
// to another address.

import { Link as BaseLink, Plugin, crel } from "django-prose-editor/editor";

const PART = /#[\w-]{1,200}$/; // of a page; other marks after an address stay what they are
const ARTICLE = /^article:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:#[\w-]{1,200})?$/i;
const ADDRESS = /^(?:https?:\/\/[^/\\\s]|mailto:[^/\\\s]|\/(?![/\\])|#)\S*$/i;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#]\S*)?$/i;
const PAUSE = 200; // milliseconds after the last key
const REFUSED = "Begin with https://, http:// or mailto:, or with / for a path on this site.";
const PARTS = "With #part at its end, as the headings of a page have it, the address of an article leads to that heading.";
const UNREACHABLE = "The articles could not be looked up. Log in again in another tab, then try once more.";

const spaced = (text) => text.trim().replace(/\s/g, "%20");
const isAllowed = (href) => ARTICLE.test(href ?? "") || ADDRESS.test(spaced(href ?? ""));
const idOf = (href) => href?.match(ARTICLE)?.[1].toLowerCase();
const partOf = (href) => href?.match(PART)?.[0] ?? "";

export const Link = BaseLink.extend({
  addOptions() {
    return { ...this.parent?.(), isAllowedUri: isAllowed };
  },

  onCreate() {}, // it would register schemes that are known, once for each editor, with a warning for each

  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          if (!editor.state.selection.empty || editor.isActive("link")) openDialog(editor);
          return true;
        },
    };
  },

  addProseMirrorPlugins() {
    return [...(this.parent?.() ?? []), naming(this.editor, this.type)];
  },
});

// --- Looking articles up -----------------------------------------------------------------------------

const textareaOf = (editor) => editor.view.dom.closest(".prose-editor").querySelector("textarea");

async function ask(editor, question, signal) {
  const address = `${textareaOf(editor).dataset.linkTargets}?${new URLSearchParams(question)}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
  if (!answer.ok || answer.redirected) throw new Error(UNREACHABLE);
  return answer.json();
}

function isOurs(editor, href) {
  const sites = [location.origin, textareaOf(editor).dataset.linkSite];
  return href.startsWith("/") || sites.some((site) => site && href.startsWith(`${site}/`));
}

async function articleAt(editor, href) {
  if (!isOurs(editor, href) || (href.includes("#") && !partOf(href))) return undefined;
  return (await ask(editor, { address: href })).results[0];
}

// --- An address of this site that is pasted or typed becomes a link to the article that is there ----------

function naming(editor, type) {
  return new Plugin({
    view(view) {
      const stored = addresses(view.state.doc, type);
      return {
        update(_, before) {
          if (before.doc.eq(view.state.doc)) return;
          const known = addresses(before.doc, type);
          for (const href of addresses(view.state.doc, type)) {
            if (!stored.has(href) && !known.has(href)) name(editor, type, href);
          }
        },
      };
    },
  });
}

function addresses(doc, type) {
  const found = new Set();
  doc.descendants((node) => {
    const href = type.isInSet(node.marks)?.attrs.href;
    if (href) found.add(href);
  });
  return found;
}

async function name(editor, type, href) {
  const article = await articleAt(editor, href).catch(() => undefined); // then it stays the address that it is
  if (!article || editor.isDestroyed) return;
  const { tr, doc, schema } = editor.state;
  const places = [];
  doc.descendants((node, place) => {
    if (type.isInSet(node.marks)?.attrs.href === href) places.push([place, node]);
  });
  for (const [place, node] of places.reverse()) {
    const marks = type.create({ href: `article:${article.id}${partOf(href)}` }).addToSet(node.marks);
    const words = node.text === href ? article.title : node.text;
    tr.replaceWith(place, place + node.nodeSize, schema.text(words, marks));
  }
  if (places.length) editor.view.dispatch(tr);
}

// --- The dialog --------------------------------------------------------------------------------------

let dialogs = 0;

function openDialog(editor) {
  const id = `link-${++dialogs}`;
  const href = editor.isActive("link") ? editor.getAttributes("link").href ?? "" : "";
  const target = { chosen: undefined };

  const now = crel("p", { className: "link-now", hidden: true });
  const box = combobox(`${id}-article`, (words, signal) => ask(editor, { q: words }, signal), (article) => {
    target.chosen = article;
    show(now, "Will lead to", article);
  });
  const [toArticle, toAddress] = [radio(id, "An article on this site"), radio(id, "Another address")];
  const field = crel("input", { type: "text", id: `${id}-address`, autocomplete: "off", inputMode: "url" });
  field.setAttribute("aria-describedby", `${id}-help`);
  const address = crel("div", {}, [
    crel("label", { htmlFor: field.id, textContent: "Address" }),
    field,
    crel("p", { className: "quiet", id: `${id}-help`, textContent: `${REFUSED} ${PARTS}` }),
  ]);
  const error = crel("p", { className: "errornote", role: "alert", hidden: true });
  const remove = crel("button", { type: "button", className: "button", textContent: "Remove the link", hidden: !href });
  const cancel = crel("button", { type: "button", className: "button", textContent: "Cancel" });
  const submit = crel("button", { type: "submit", className: "button default", textContent: "Set the link" });
  const form = crel("form", { noValidate: true }, [
    crel("h2", { id: `${id}-title`, textContent: href ? "Change the link" : "Link the words" }),
    now,
    crel("fieldset", {}, [crel("legend", { textContent: "It leads to" }), toArticle.label, toAddress.label]),
    box.element,
    address,
    error,
    crel("div", { className: "link-buttons" }, [submit, remove, cancel]),
  ]);
  const dialog = crel("dialog", { className: "link-dialog", "aria-labelledby": `${id}-title` }, [form]);

  const turn = (toAnArticle) => {
    toArticle.input.checked = toAnArticle;
    toAddress.input.checked = !toAnArticle;
    box.element.hidden = !toAnArticle;
    address.hidden = toAnArticle;
    error.hidden = true;
  };
  const refuse = (message, input) => {
    error.textContent = message;
    error.hidden = false;
    input.focus();
  };
  const finish = (change) => {
    dialog.close();
    change(editor.chain().focus()).run();
  };

  toArticle.input.addEventListener("change", () => turn(true));
  toAddress.input.addEventListener("change", () => turn(false));
  box.input.addEventListener("input", () => (target.chosen = undefined));
  cancel.addEventListener("click", () => finish((chain) => chain));
  remove.addEventListener("click", () => finish((chain) => chain.extendMarkRange("link").unsetLink()));
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (toArticle.input.checked) {
      const part = target.chosen?.id === idOf(href) ? partOf(href) : "";
      const chosen = target.chosen && `article:${target.chosen.id}${part}`;
      if (chosen) finish(setting(href, { href: chosen, title: null, rel: null }));
      else refuse("Choose an article from the list.", box.input);
      return;
    }
    const given = DOMAIN.test(field.value.trim()) ? `https://${spaced(field.value)}` : spaced(field.value);
    if (!ADDRESS.test(given)) return refuse(REFUSED, field);
    const article = await articleAt(editor, given).catch(() => undefined);
    finish(setting(href, { href: article ? `article:${article.id}${partOf(given)}` : given }));
  });

  document.body.append(dialog); // outside of the form that is saved
  turn(!href || ARTICLE.test(href));
  if (idOf(href)) {
    ask(editor, { id: idOf(href) }).then(
      ({ results: [article] }) => {
        if (!target.chosen && !box.input.value) show(now, "Leads to", (target.chosen = article));
      },
      (failure) => refuse(failure.message, box.input),
    );
  } else if (href) field.value = href;
  dialog.showModal();
  (toArticle.input.checked ? box.input : field).focus();
}

const setting = (before, attributes) => (chain) =>
  before
    ? chain.extendMarkRange("link").updateAttributes("link", attributes)
    : chain.setMark("link", attributes);

function radio(name, words) {
  const input = crel("input", { type: "radio", name });
  return { input, label: crel("label", {}, [input, ` ${words}`]) };
}

function show(place, words, article) {
  place.hidden = false;
  if (!article) return place.replaceChildren("Leads to an article that is not here any more: readers see plain text.");
  const form = crel("a", { href: article.form, target: "_blank", textContent: article.title });
  place.replaceChildren(`${words} `, form, " ", badge(article));
}

const badge = (article) => crel("span", { className: `state state-${article.state}`, textContent: article.stateLabel });

// --- A list that is searched by typing, as the combobox pattern of ARIA has it ------------------------------

function combobox(id, search, choose) {
  const list = crel("ul", { id: `${id}-list`, role: "listbox", hidden: true, "aria-label": "Articles" });
  const status = crel("p", { className: "quiet", role: "status" });
  const input = crel("input", {
    id,
    type: "text",
    autocomplete: "off",
    placeholder: "Words of its title",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  });
  const element = crel("div", {}, [crel("label", { htmlFor: id, textContent: "Article" }), input, list, status]);
  let options = [];
  let active = -1;
  let waiting;
  let asked = new AbortController();

  const close = () => {
    clearTimeout(waiting);
    asked.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  };
  const activate = (place) => {
    active = place;
    [...list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === place)));
    if (place < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };
  const take = (place) => {
    const article = options[place];
    close();
    input.value = article.title;
    status.textContent = "Chosen. Enter sets the link.";
    choose(article);
  };
  const fill = ({ results, more }) => {
    options = results;
    list.replaceChildren(...results.map((article, place) => option(`${id}-${place}`, article)));
    list.hidden = results.length === 0;
    input.setAttribute("aria-expanded", String(results.length > 0));
    status.textContent = more
      ? `The first ${results.length} articles. Type more words to see others.`
      : results.length
        ? `${results.length} article${results.length === 1 ? "" : "s"}.`
        : "No article has these words in its title.";
    activate(-1);
  };
  const find = async () => {
    asked.abort();
    asked = new AbortController();
    try {
      fill(await search(input.value, asked.signal));
    } catch (failure) {
      if (failure.name !== "AbortError") status.textContent = UNREACHABLE;
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!open) find();
      else activate((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      if (active >= 0) take(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const place = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (place >= 0) take(place);
  });
  return { element, input };
}

function option(id, article) {
  return crel("li", { id, role: "option", "aria-selected": "false" }, [
    crel("span", { className: "link-title", textContent: article.title }),
    crel("span", { className: "quiet", textContent: ` ${article.kind} ` }),
    badge(article),
  ]);
}
