// What is typed is sent after a pause, to be shown as it would be beside the form. Nothing of it is stored.
// Panels that are open say by `data-part` what they want of the answer, and hear of it by events.

const PAUSE = 700; // milliseconds without a change, after which is asked
const CHANGES = ["input", "change", "click", "keyup", "pointerup"]; // some widgets tell of nothing better

const beside = document.querySelector(".beside");
const form = beside.closest("form");

let timer;
let busy = false;
let overdue = false;
let asked = null; // what was sent last
let forbidden = false;

const isWanted = () => beside.querySelector("[data-open]") !== null;
const parts = () => [...beside.querySelectorAll("[data-part]")].filter((panel) => panel.matches("[data-open], [data-always]"));
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`desk:${name}`, { detail }));

function later() {
  if (!isWanted()) return;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

// One request at a time, and the newest last.
async function ask() {
  overdue = busy;
  if (busy || !isWanted()) return;
  const data = new FormData(form);
  data.set("_preview", "panel");
  for (const panel of parts()) data.append("_parts", panel.dataset.part);
  const text = [...data].map(([name, value]) => [name, value.name ?? value].join("=")).join("&");
  if (text === asked) return;
  asked = text;
  busy = true;
  tell("asking");
  await answer(data);
  busy = false;
  if (overdue) ask();
}

async function answer(data) {
  try {
    const address = form.getAttribute("action") || location.href;
    const headers = { Accept: "application/json" }; // so that an expired login is said and not drawn
    const response = await fetch(address, { method: "POST", body: data, headers, redirect: "manual" });
    if (response.ok) forbidden = false;
    if (response.ok) return tell("answer", await response.json());
    if (response.status === 422) return tell("waits", (await response.json()).waits_for);
    if (response.status === 401 || (response.status === 403 && !forbidden)) return expire(response.status);
    if (response.type === "opaqueredirect") return tell("fails", "This stopped, as the article was removed.");
    return tell("fails", `This failed (${response.status}). What you typed is still here.`);
  } catch {
    asked = null; // the same may be asked again
    return tell("fails", "The site can’t be reached just now. This goes on with your next change.");
  }
}

// The login opens over the form, and all goes on when it is through.
function expire(reason) {
  forbidden = reason === 403; // unless it was only the token, which a login elsewhere has changed
  asked = null;
  tell("expired");
  tell("fails", "This goes on once you are logged in again.");
}

for (const name of CHANGES) document.addEventListener(name, later, true);
for (const name of ["desk:renewed", "desk:ask"]) document.addEventListener(name, ask);
addEventListener("focus", later); // a window of its own may have chosen something for a field
ask();
