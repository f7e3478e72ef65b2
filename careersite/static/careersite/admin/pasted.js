// What is pasted from word processors, as the plain prose that it means: the same as articles/pasted.py does with
// what is stored. Styles are read as text, since the policy of this page forbids them to take effect.

import { Extension, Plugin } from "django-prose-editor/editor";

const OURS = "a|blockquote|br|em|h3|h4|li|ol|p|strong|ul";
const FOREIGN = new RegExp(`<(?!/?(?:${OURS})\\b)[a-z!?/]|<[^<>]*\\s(?:style|class)\\s*=`, "i");
const UNREAD = "script|style|title|xml|svg|math|template|textarea|noscript|iframe";
const BLOCKS = new Set("p div section article header footer main pre dl dt dd center".split(" "));
const TABLE = new Set("table thead tbody tfoot tr td th caption".split(" "));
const READ = new Set([...OURS.split("|"), ...BLOCKS, ...TABLE, ..."h1 h2 h5 h6 b i span del".split(" ")]);
const MEANT = new Set("href title rel class style start type aria-level data-type data-pm-slice".split(" "));
const TAG = /<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>?/gi;
const ATTRIBUTE = /([^\s"'>/=]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const SIGNS = { '"': "&quot;", "<": "&lt;", ">": "&gt;" };
const HIGHEST = 3, LOWEST = 4, DEEPEST = 60, BETWEEN_CELLS = " · ";
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/;
const REDIRECT = /^https?:\/\/www\.google\.com\/url\?([^#]*)/i;
const REDIRECTED = /^https?:\/\/(?!\/)[^\x00-\x20\s"<>\\\x7f\ufffd]+$/i;
const NUMBER = /^\(?(\d{1,4}|[a-z]{1,4})[.)]/i;
const PLAIN = { bold: false, italic: false, link: "" };

export function understood(html) {
  const given = html.replace(/^\s*<meta[^>]*>/i, "");
  const written = quiet(given);
  if (/<[^>]*\sdata-pm-slice=/.test(written) || !FOREIGN.test(given)) return written; // copied from an editor
  const writer = new Writer();
  writer.read(new DOMParser().parseFromString(written, "text/html").body, PLAIN, 0);
  return withOurHeadings(writer.done());
}

// Only the tags and attributes that mean something: of others the browser would tell the policy, although
// nothing here is ever shown. The editor and the server decide what may stay.
function quiet(html) {
  return html
    .replace(/<!--[\s\S]*?(?:--!?>|$)|<[!?][^>]*>?/g, "")
    .replace(new RegExp(`<(${UNREAD})\\b[\\s\\S]*?</\\1\\s*>`, "gi"), "")
    .replace(TAG, (_, end, name, attributes) => {
      const kept = name.toLowerCase();
      return READ.has(kept) ? `<${end}${kept}${end ? "" : quietly(attributes)}>` : "";
    });
}

function quietly(attributes) {
  let found = "";
  for (const [, name, ...values] of attributes.matchAll(ATTRIBUTE)) {
    const kept = name.toLowerCase();
    const value = (values.find((each) => each !== undefined) ?? "").replace(/["<>]/g, (sign) => SIGNS[sign]);
    if (MEANT.has(kept)) found += ` ${kept === "style" ? "data-style" : kept}="${value}"`;
  }
  return found;
}

// --- What words are ----------------------------------------------------------------------------------

const style = (element) => (element.getAttribute("data-style") ?? "").toLowerCase();
const classes = (element) => (element.getAttribute("class") ?? "").toLowerCase();
const tag = (element) => element.localName;

function within(words, element) {
  return {
    bold: says(element, "font-weight", "bold|[6-9]00", "normal|[1-5]00", ["b", "strong"], words.bold),
    italic: says(element, "font-style", "italic|oblique", "normal", ["i", "em"], words.italic),
    link: tag(element) === "a" ? link(element) : words.link,
  };
}

// A style has the last word, then the tag: Google Docs wraps all it copies in a `b` of normal weight.
function says(element, name, yes, no, tags, before) {
  const found = style(element).match(new RegExp(`(?<![\\w-])${name}\\s*:\\s*(?:(${yes})|(${no}))`));
  return found ? found[1] !== undefined : before || tags.includes(tag(element));
}

function link(element) {
  const href = element.getAttribute("href") ?? "";
  if (!href || href.startsWith("#_")) return "";
  element.setAttribute("href", meant(href));
  return `<a${written(element, ["href", "title"])}>`;
}

// Where a link leads without the detour over Google that its programs write into addresses.
function meant(href) {
  const given = [...new URLSearchParams(href.match(REDIRECT)?.[1])];
  const found = (wanted) =>
    given
      .filter(([name]) => name === wanted)
      .map(([, value]) => value.replaceAll(" ", "%20"))
      .find((value) => REDIRECTED.test(value));
  return found("q") ?? found("url") ?? href;
}

function written(element, names) {
  return names
    .filter((name) => element.hasAttribute(name))
    .map((name) => ` ${name}="${escaped(element.getAttribute(name)).replaceAll('"', "&quot;")}"`)
    .join("");
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function headingLevel(element) {
  const level = element.getAttribute("aria-level")?.[0] ?? "";
  if (tag(element) === "p" && /[1-6]/.test(level)) return Number(level);
  const found = tag(element).match(/^h([1-6])$/);
  return found ? Number(found[1]) : classes(element).includes("msotitle") ? 1 : 0;
}

function isLeftOut(element) {
  const remark = classes(element).includes("msocom") || tight(element).includes("mso-element:comment");
  return tag(element) === "del" || remark || /display\s*:\s*none/.test(style(element));
}

const tight = (element) => style(element).replaceAll(" ", "");

// --- Writing -----------------------------------------------------------------------------------------

// Puts down blocks: HTML, a heading of some level, or an item of a list that Word wrote as a paragraph.
class Writer {
  blocks = [];
  runs = [];

  done() {
    this.paragraph();
    return withLists(this.blocks);
  }

  read(element, words, depth) {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.runs.push([words, child.data.replace(/[ \t\r\n\f]+/g, " ")]);
      if (child.nodeType !== Node.ELEMENT_NODE || isLeftOut(child)) continue;
      if (depth > DEEPEST) this.runs.push([words, child.textContent]);
      else this.put(child, within(words, child), depth + 1);
    }
  }

  put(element, words, depth) {
    const name = tag(element);
    const level = headingLevel(element);
    if (name === "br") this.runs.push([words, "\n"]);
    else if (level) this.heading(element, level, depth);
    else if (name === "ul" || name === "ol") this.list(name, element, [...element.children], words, depth);
    else if (name === "li") this.list("ul", null, [element], words, depth);
    else if (name === "blockquote") this.block(`<blockquote>${inside(element, words, depth)}</blockquote>`);
    else if (name === "tr") this.row(element, words, depth);
    else if (BLOCKS.has(name) || TABLE.has(name)) this.proper(element, words, depth);
    else if (style(element).includes("mso-spacerun")) this.runs.push([words, " "]);
    else this.read(element, words, depth);
  }

  proper(element, words, depth) {
    this.paragraph();
    const listed = style(element).match(LEVEL);
    if (listed) this.item(element, words, Number(listed[1]), depth);
    else this.read(element, words, depth);
    this.paragraph();
  }

  paragraph() {
    const html = asHTML(this.runs);
    if (html) this.blocks.push(`<p>${html}</p>`);
    this.runs = [];
  }

  block(html) {
    this.paragraph();
    this.blocks.push(html);
  }

  // Its weight is no emphasis.
  heading(element, level, depth) {
    this.paragraph();
    const inner = new Writer();
    inner.read(element, PLAIN, depth);
    const html = asHTML(inner.runs.map(([words, text]) => [{ ...words, bold: false }, text]));
    if (html) this.blocks.push({ heading: level, html });
  }

  item(element, words, level, depth) {
    const marker = [...element.querySelectorAll("span")].find((span) => tight(span).includes("mso-list:ignore"));
    marker?.remove();
    const inner = new Writer();
    inner.read(element, words, depth);
    const html = asHTML(inner.runs);
    if (html) this.blocks.push({ item: level, number: marker?.textContent.trim().match(NUMBER)?.[1] ?? "", html });
  }

  // Google Docs and old HTML put a list within a list and not within the item before it.
  list(name, element, children, words, depth) {
    const items = [];
    for (const child of children.filter((each) => !isLeftOut(each))) {
      if (["ul", "ol"].includes(tag(child)) && items.length) {
        const inner = new Writer();
        inner.put(child, within(words, child), depth + 1);
        items[items.length - 1] += withOurHeadings(inner.done());
      } else {
        const html = inside(child, within(words, child), depth);
        if (html) items.push(html);
      }
    }
    const attributes = element ? written(element, ["start", "type"]) : "";
    const listed = items.map((html) => `<li>${html}</li>`).join("");
    if (items.length) this.block(`<${name}${attributes}>${listed}</${name}>`);
  }

  // A row is a paragraph: rich text has no tables, and figures belong into facts and differences.
  row(element, words, depth) {
    const cells = [...element.children].map((cell) => flat(cell, within(words, cell), depth)).filter(Boolean);
    if (cells.length) this.block(`<p>${cells.join(BETWEEN_CELLS)}</p>`);
  }
}

function inside(element, words, depth) {
  const writer = new Writer();
  writer.read(element, words, depth);
  return withOurHeadings(writer.done());
}

function flat(element, words, depth) {
  return inside(element, words, depth).replace(/(?:<\/?(?:p|h\d|ul|ol|li|blockquote)\b[^>]*>|<br>)+/g, " ").trim();
}

// Words with their marks; neighbours that are alike are one.
function asHTML(runs) {
  const joined = [];
  for (const [words, text] of trimmed(runs)) {
    const last = joined.at(-1);
    if (last && JSON.stringify(last[0]) === JSON.stringify(words)) last[1] += text;
    else joined.push([words, text]);
  }
  return joined.map(([words, text]) => around(words, text)).join("");
}

function around(words, text) {
  let html = escaped(text).replaceAll("\n", "<br>");
  if (!text.trim()) return html;
  if (words.italic) html = `<em>${html}</em>`;
  if (words.bold) html = `<strong>${html}</strong>`;
  return words.link ? `${words.link}${html}</a>` : html;
}

// Without space and breaks at both ends, and with one space where two meet.
function trimmed(runs) {
  const found = [];
  for (const [words, given] of runs) {
    let text = given;
    if (!found.length) text = text.trimStart();
    else if (" \n".includes(found.at(-1)[1].at(-1))) text = text.replace(/^ +/, "");
    if (text) found.push([words, text]);
  }
  while (found.length && !found.at(-1)[1].trim()) found.pop();
  if (found.length) found.at(-1)[1] = found.at(-1)[1].trimEnd();
  return found;
}

// --- Lists and headings ------------------------------------------------------------------------------

function withLists(blocks) {
  const found = [];
  let items = [];
  const flush = () => {
    if (items.length) found.push(...lists(items));
    items = [];
  };
  for (const block of blocks) {
    if (block.item) items.push(block);
    else {
      flush();
      found.push(block);
    }
  }
  flush();
  return found;
}

function lists(items) {
  const found = [];
  const level = items[0].item;
  let place = 0;
  while (place < items.length) {
    const first = items[place].number;
    let rows = "";
    while (place < items.length && Boolean(items[place].number) === Boolean(first)) {
      let end = place + 1;
      while (end < items.length && items[end].item > level) end += 1;
      const below = items.slice(place + 1, end);
      rows += `<li><p>${items[place].html}</p>${below.length ? lists(below).join("") : ""}</li>`;
      place = end;
    }
    const start = /^\d+$/.test(first) && first !== "1" ? ` start="${first}"` : "";
    const name = first ? "ol" : "ul";
    found.push(`<${name}${start}>${rows}</${name}>`);
  }
  return found;
}

// A page and its sections have the first two levels, so a text's own begin below them.
function withOurHeadings(blocks) {
  const levels = blocks.map((block) => block.heading ?? HIGHEST);
  const shift = Math.max(0, HIGHEST - Math.min(HIGHEST, ...levels));
  return blocks.map((block) => (block.heading ? asHeading(block, shift) : block)).join("");
}

function asHeading(block, shift) {
  const level = Math.min(block.heading + shift, LOWEST);
  return `<h${level}>${block.html}</h${level}>`;
}

export const Pasted = Extension.create({
  name: "pasted",

  addProseMirrorPlugins() {
    return [new Plugin({ props: { transformPastedHTML: understood } })];
  },
});
