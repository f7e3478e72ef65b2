// The preview beside the form follows what is typed. Nothing of it is stored, and nothing in it runs.

const WIDTH = "preview-width";
const EMPTY = "<!DOCTYPE html><title>Preview</title>";

const panel = document.querySelector(".preview");
const widths = panel.querySelector(".preview-widths");
const state = panel.querySelector(".preview-state");
const waits = panel.querySelector(".preview-waits");
const stage = panel.querySelector(".preview-stage");
const frame = stage.querySelector("iframe");

// --- What is in the way -------------------------------------------------------------------------------

function say(...parts) {
  const before = waits.textContent;
  const words = document.createElement("div");
  words.append(...parts);
  if (words.textContent !== before) waits.replaceChildren(...words.childNodes); // it is read out whenever it changes
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
  say("The preview waits for:", items);
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
  say();
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

// --- The width is remembered --------------------------------------------------------------------------

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

widths.addEventListener("click", ({ target }) => target.value && choose(target.value));
document.addEventListener("desk:asking", () => { state.textContent = "Making the preview…" });
document.addEventListener("desk:answer", async ({ detail }) => {
  if (detail.page !== undefined) await draw(detail.page);
  state.textContent = "As typed, not saved";
});
document.addEventListener("desk:waits", ({ detail }) => { list(detail); state.textContent = "" });
document.addEventListener("desk:fails", ({ detail }) => { say(detail); state.textContent = "" });
new ResizeObserver(fit).observe(stage);
ready.then(() => {
  for (const name of ["click", "auxclick"]) frame.contentDocument.addEventListener(name, stay);
  frame.contentDocument.addEventListener("keydown", ({ key }) => {
    document.dispatchEvent(new CustomEvent("desk:close", { detail: { key } }));
  });
});
choose(kept(WIDTH));
