// The contents list beside a form: open where there is room, and true while somebody writes.

const list = document.querySelector(".contents details");
const wide = matchMedia("(min-width: 1024px)");

function unfold() { list.open = wide.matches }

// --- The group that is being read ---------------------------------------------------------------

const links = new Map([...list.querySelectorAll("details > ol > li > a")].map((link) => [link.hash.slice(1), link]));
const groups = [...document.querySelectorAll(".group")];
const seen = new Set();

const end = document.createElement("div");
document.querySelector(".groups").append(end);

function mark(entries) {
  for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target);
  const current = seen.has(end) ? groups.at(-1) : groups.find((group) => seen.has(group));
  if (!current) return;
  for (const [anchor, link] of links) {
    const here = anchor === current.id;
    link.parentElement.toggleAttribute("data-current", here);
    here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  }
}

// --- Rows that come, go, move and get other names --------------------------------------------------

function rowsOf(anchor) {
  const rows = document.querySelectorAll(`#${anchor} :is(.inline-related[id], tr.form-row):not(.empty-form)`);
  return [...rows].filter((row) => !row.querySelector("[name$=-DELETE]:checked"));
}

function entry(row) {
  const link = document.createElement("a");
  const heading = row.querySelector("[name$=-heading]")?.value.trim();
  const known = row.matches(".has_original") && row.querySelector(".inline_label").textContent.trim();
  link.href = `#${row.id}`;
  link.textContent = heading || known || "New";
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function recount() {
  for (const number of list.querySelectorAll("[data-counted]")) {
    number.textContent = rowsOf(number.dataset.counted).length;
  }
  for (const names of list.querySelectorAll("[data-named]")) {
    names.replaceChildren(...rowsOf(names.dataset.named).map(entry));
  }
}

// --- The save bar covers nothing that has the focus ---------------------------------------------------

const bar = document.querySelector(".save-bar");

function measure() { document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`) }

unfold();
wide.addEventListener("change", unfold);
const band = new IntersectionObserver(mark, { rootMargin: "-10% 0px -75% 0px" });
groups.forEach((group) => band.observe(group));
new IntersectionObserver(mark).observe(end); // what comes last may be too short to get up there
const form = list.closest("form");
form.addEventListener("change", recount);
const rows = new MutationObserver(recount);
for (const set of form.querySelectorAll(".inline-group fieldset, .inline-group tbody")) rows.observe(set, { childList: true });
if (bar) new ResizeObserver(measure).observe(bar);
