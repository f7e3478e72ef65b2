// The preview beside the form follows what is typed. Nothing of it is stored, and nothing in it runs.

const PAUSE = 700; // milliseconds without a change, after which a picture is asked for
const BESIDE = matchMedia("(width >= 80rem)"); // the panel has room beside the form; else it lies over it
const OPEN = "preview-open";
const WIDTH = "preview-width";
const CHANGES = ["input", "change", "click", "keyup", "pointerup"]; // some widgets tell of nothing better
const EMPTY = "<!DOCTYPE html><title>Preview</title>";

const panel = document.querySelector(".preview");
const form = panel.closest("form") ?? document.querySelector("#content-main form[method=post]");
const toggle = panel.querySelector(".preview-toggle");
const widths = panel.querySelector(".preview-widths");
const state = panel.querySelector(".preview-state");
const waits = panel.querySelector(".preview-waits");
const stage = panel.querySelector(".preview-stage");
const frame = stage.querySelector("iframe");

// --- Asking: after a pause, one request at a time, and the newest last --------------------------------

let timer;
let busy = false;
let overdue = false;
let asked = null; // what was sent last
let forbidden = false;

function later() {
  if (!isOpen()) return;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

async function ask() {
  overdue = busy;
  if (busy || !isOpen()) return;
  const data = new FormData(form);
  data.set("_preview", "panel");
  const text = [...data].map(([name, value]) => [name, value.name ?? value].join("=")).join("&");
  if (text === asked) return;
  asked = text;
  busy = true;
  state.textContent = "Making the preview…";
  const problem = await answer(data);
  state.textContent = problem ? "" : "As typed, not saved";
  busy = false;
  if (overdue) ask();
}

// Shows the picture, or returns what is in its way.
async function answer(data) {
  try {
    const address = form.getAttribute("action") || location.href;
    const headers = { Accept: "application/json" }; // so that an expired login is said and not drawn
    const response = await fetch(address, { method: "POST", body: data, headers, redirect: "manual" });
    if (response.ok) forbidden = false;
    if (response.ok) return draw(await response.text());
    if (response.status === 422) return list((await response.json()).waits_for);
    if (response.status === 401 || (response.status === 403 && !forbidden)) return expire(response.status);
    if (response.type === "opaqueredirect") return say("The preview stopped, as this was removed.");
    return say(`The preview failed (${response.status}). What you typed is still here.`);
  } catch {
    asked = null; // the same may be asked again
    return say("The site can’t be reached just now. The preview goes on with your next change.");
  }
}

// The login opens over the form, and the preview goes on when it is through.
function expire(reason) {
  forbidden = reason === 403; // unless it was only the token, which a login elsewhere has changed
  asked = null;
  document.dispatchEvent(new CustomEvent("desk:expired"));
  return say("The preview goes on once you are logged in again.");
}

// --- What is in the way -------------------------------------------------------------------------------

function say(...parts) {
  const before = waits.textContent;
  const words = document.createElement("div");
  words.append(...parts);
  if (words.textContent !== before) waits.replaceChildren(...words.childNodes); // it is read out whenever it changes
  return waits.textContent !== "";
}

function list(obstacles) {
  const items = document.createElement("ul");
  for (const { label, place, message } of obstacles) {
    const item = items.appendChild(document.createElement("li"));
    const link = document.createElement(place ? "a" : "span");
    link.textContent = label || message;
    if (place) link.href = `#${place}`;
    item.append(link, label ? `: ${message}` : "");
  }
  return say("The preview waits for:", items);
}

function lead(event) {
  const link = event.target.closest("a");
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  if (!BESIDE.matches) open(false);
  for (let each = place; each; each = each.parentElement) if (each.localName === "details") each.open = true;
  const field = place.closest(".prose-editor")?.querySelector("[contenteditable]")
    ?? place.parentElement.querySelector(".select2-selection")
    ?? place;
  if (!field.matches("a, button, input, select, textarea, [tabindex], [contenteditable]")) field.tabIndex = -1;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

// --- The picture --------------------------------------------------------------------------------------

const ready = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
frame.srcdoc = EMPTY;

// The words change in place: what was scrolled to stays in sight, and styles are not loaded again.
async function draw(html) {
  await ready;
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("script").forEach((script) => script.remove());
  const shown = frame.contentDocument;
  const [x, y] = [frame.contentWindow.scrollX, frame.contentWindow.scrollY];
  if (styles(page) !== styles(shown)) {
    shown.head.replaceWith(shown.adoptNode(page.head));
    shown.head.append(Object.assign(shown.createElement("base"), { target: "_blank" })); // which the sandbox refuses
  }
  shown.documentElement.lang = page.documentElement.lang;
  shown.body.replaceWith(shown.adoptNode(page.body));
  frame.contentWindow.scrollTo({ left: x, top: y, behavior: "instant" });
  return say();
}

const styles = (page) => [...page.querySelectorAll("head link[rel=stylesheet]")].map((link) => link.getAttribute("href")).join();

// Links within the page scroll it; all others do nothing.
function stay(event) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const address = link.getAttribute("href");
  if (address.startsWith("#")) frame.contentDocument.getElementById(address.slice(1))?.scrollIntoView();
}

function fit() {
  const scale = Math.min(1, stage.clientWidth / frame.clientWidth);
  if (scale > 0) stage.style.setProperty("--scale", scale);
}

function choose(width) {
  const chosen = [...widths.children].find((button) => button.value === width) ?? widths.firstElementChild;
  for (const button of widths.children) button.ariaPressed = String(button === chosen);
  panel.dataset.width = chosen.value;
  stage.style.setProperty("--width", `${chosen.value}px`);
  keep(WIDTH, chosen.value);
  fit();
}

// --- Open and closed ----------------------------------------------------------------------------------

const isOpen = () => panel.hasAttribute("data-open");

function open(yes) {
  panel.toggleAttribute("data-open", yes);
  toggle.ariaExpanded = String(yes);
  if (yes) ask();
}

// Beside the form it is as it was left; over the form it is opened each time, as it hides what one writes.
const settle = () => open(BESIDE.matches && kept(OPEN) !== "no");

function close({ key }) {
  if (key !== "Escape" || BESIDE.matches || !isOpen()) return;
  open(false);
  toggle.focus();
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

toggle.addEventListener("click", () => {
  open(!isOpen());
  if (BESIDE.matches) keep(OPEN, isOpen() ? "yes" : "no");
});
widths.addEventListener("click", ({ target }) => target.value && choose(target.value));
waits.addEventListener("click", lead);
panel.addEventListener("keydown", close);
BESIDE.addEventListener("change", settle);
new ResizeObserver(fit).observe(stage);
for (const name of CHANGES) document.addEventListener(name, later, true);
document.addEventListener("desk:renewed", ask);
addEventListener("focus", later); // a window of its own may have chosen something for a field
ready.then(() => {
  for (const name of ["click", "auxclick"]) frame.contentDocument.addEventListener(name, stay);
  frame.contentDocument.addEventListener("keydown", close);
});
panel.hidden = false;
choose(kept(WIDTH));
settle();
