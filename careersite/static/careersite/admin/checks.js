// The findings of the checks beside the form follow what is typed, and the contents list counts them.

const panel = document.querySelector(".checks");
const found = panel.querySelector(".checks-found");
const counts = panel.querySelector(".checks-counts");
const state = panel.querySelector(".checks-state");
const contents = document.querySelector(".contents");
const PASSING = "passes";

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const opened = [...found.querySelectorAll("details[open]")].map((each) => each.dataset.check);
  found.replaceChildren(...document.adoptNode(page.querySelector(".checks-found")).childNodes);
  for (const each of found.querySelectorAll("details")) each.open ||= opened.includes(each.dataset.check);
  const words = page.querySelector(".checks-counts");
  counts.replaceChildren(...(words ? document.adoptNode(words).childNodes : []));
  countGroups();
}

// How many findings lie in each part of the form.
function countGroups() {
  contents.querySelectorAll(".found").forEach((mark) => mark.remove());
  const numbers = new Map();
  for (const link of found.querySelectorAll(`[data-level]:not([data-level=${PASSING}]) a[href^="#"]`)) {
    const group = document.getElementById(link.hash.slice(1))?.closest(".group");
    if (group) numbers.set(group.id, (numbers.get(group.id) ?? 0) + 1);
  }
  for (const [id, number] of numbers) {
    const mark = document.createElement("span");
    mark.className = "found";
    mark.textContent = `${number} found`;
    contents.querySelector(`a[href="#${CSS.escape(id)}"]`)?.after(" ", mark);
  }
}

function wait(obstacles) {
  const fields = obstacles.length === 1 ? "a field" : `${obstacles.length} fields`;
  state.textContent = `As it was before: ${fields} must be corrected first.`;
}

document.addEventListener("desk:asking", () => { state.textContent = "Checking…" });
document.addEventListener("desk:answer", ({ detail }) => {
  if (detail.checks !== undefined) show(detail.checks);
  state.textContent = "As typed, not saved";
});
document.addEventListener("desk:waits", ({ detail }) => wait(detail));
document.addEventListener("desk:fails", ({ detail }) => { state.textContent = detail });
