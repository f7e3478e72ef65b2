// The panels beside the form: opened and closed by their buttons, and leading to the fields they speak of.

const BESIDE = matchMedia("(width >= 80rem)"); // there is room beside the form; else a panel lies over it
const panels = [...document.querySelectorAll(".beside > [data-part]")];

const toggleOf = (panel) => panel.querySelector(".panel-toggle");
const isOpen = (panel) => panel.hasAttribute("data-open");
const nameOf = (panel) => `${panel.dataset.part === "page" ? "preview" : panel.dataset.part}-open`;

function open(panel, yes) {
  if (yes && !BESIDE.matches) for (const other of panels) if (other !== panel) open(other, false);
  panel.toggleAttribute("data-open", yes);
  toggleOf(panel).ariaExpanded = String(yes);
  if (yes) document.dispatchEvent(new CustomEvent("desk:ask"));
}

// Beside the form a panel is as it was left; over the form it is opened each time, as it hides what one writes.
function settle() {
  for (const panel of panels) open(panel, BESIDE.matches && (kept(nameOf(panel)) ?? panel.dataset.first) === "yes");
}

function close({ key }) {
  const panel = panels.find(isOpen);
  if (key !== "Escape" || BESIDE.matches || !panel) return;
  open(panel, false);
  toggleOf(panel).focus();
}

function lead(event) {
  const link = event.target.closest("a[href^='#']");
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  if (!BESIDE.matches) for (const panel of panels) open(panel, false);
  show(place);
}

// Brings a field in sight, whatever it is folded into, and puts the cursor there.
function show(place) {
  for (let each = place; each; each = each.parentElement) if (each.localName === "details") each.open = true;
  const field = place.closest(".prose-editor")?.querySelector("[contenteditable]")
    ?? place.parentElement.querySelector(".select2-selection")
    ?? (place.matches("div") ? place.querySelector("input:not([type=hidden]), select, textarea") : null)
    ?? place;
  if (!field.matches("a, button, input, select, textarea, [tabindex], [contenteditable]")) field.tabIndex = -1;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is switched off: it holds for this page
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // see above
  }
}

for (const panel of panels) {
  toggleOf(panel).addEventListener("click", () => {
    open(panel, !isOpen(panel));
    if (BESIDE.matches) keep(nameOf(panel), isOpen(panel) ? "yes" : "no");
  });
  panel.addEventListener("click", lead);
  panel.addEventListener("keydown", close);
  panel.hidden = false;
}
document.addEventListener("desk:close", ({ detail }) => close(detail));
BESIDE.addEventListener("change", settle);
settle();

const asked = document.querySelector("[data-show]");
if (asked) addEventListener("load", () => setTimeout(() => show(document.getElementById(asked.dataset.show)), 100));
