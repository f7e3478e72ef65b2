// Titles suggested while somebody types: an editable combobox with a list (ARIA APG). Without it the forms just search.

const WAIT = 150; // milliseconds without a key before anything is asked
const SHORTEST = 2;
const answers = new Map();

document.querySelectorAll("form[data-suggestions]").forEach(suggestFor);

function suggestFor(form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const said = document.createElement("p");
  let [timer, asking, current, shown] = [0, false, -1, []];

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = form.dataset.suggestions;
  list.hidden = true;
  said.className = "visually-hidden";
  said.role = "status";
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", list.id);
  input.parentElement.append(list);
  form.append(said);

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) choose([...list.children].indexOf(option));
  });

  const typed = () => input.value.trim().toLowerCase();

  // One request at a time: what was typed meanwhile is asked for when it has come back.
  async function ask() {
    const words = typed();
    if (words.length < SHORTEST) return close();
    if (answers.has(words)) return show(answers.get(words));
    if (asking) return;
    asking = true;
    try {
      const response = await fetch(`/search/suggestions/?q=${encodeURIComponent(words)}`);
      answers.set(words, response.ok ? (await response.json()).suggestions : []);
    } catch {
      return; // somebody offline can still type
    } finally {
      asking = false;
    }
    if (document.activeElement === input) ask();
  }

  function show(found) {
    shown = found;
    list.replaceChildren(...found.map(option));
    mark(-1);
    open(found.length > 0);
    said.textContent = found.length ? `${form.dataset.suggestions}: ${found.length}` : "";
  }

  function option({ title, kind }, place) {
    const [item, small] = [document.createElement("li"), document.createElement("span")];
    item.id = `${list.id}-${place}`;
    item.role = "option";
    item.ariaSelected = "false";
    small.textContent = kind;
    item.append(title, " ", small);
    return item;
  }

  function open(opened) {
    list.hidden = !opened;
    input.ariaExpanded = String(opened);
  }

  function close() {
    clearTimeout(timer);
    mark(-1);
    open(false);
    said.textContent = "";
  }

  function mark(place) {
    list.children[current]?.setAttribute("aria-selected", "false");
    current = place;
    const item = list.children[place];
    if (!item) return input.removeAttribute("aria-activedescendant");
    item.ariaSelected = "true";
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  function choose(place) {
    input.value = shown[place].title;
    location.assign(shown[place].url);
  }

  function press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (event.altKey && step < 0) return close();
      if (list.hidden) {
        if (typed().length < SHORTEST || !list.children.length) return;
        open(true);
        if (event.altKey) return;
      }
      const count = shown.length + 1; // the field itself is one of the places
      mark(((current + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      choose(current);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      mark(-1);
    }
  }
}
