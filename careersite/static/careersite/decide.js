// The decision form in place: the result follows the answers, and the questions can come one at a time.
// What needs this script is `hidden` in the templates, so that the form is whole without it.

const PAUSE = 300; // milliseconds in which another answer still joins the same request
const PHONE = "(width < 40rem)";
const VIEW = "decide-view";

for (const form of document.querySelectorAll(".decide form")) {
  followAnswers(form);
  takeSteps(form);
}

// --- The result so far -------------------------------------------------------------------------

function followAnswers(form) {
  const panel = form.querySelector(".so-far");
  const verdict = panel.querySelector(".so-far-verdict");
  const invitation = verdict.textContent;
  const count = panel.querySelector(".so-far-count");
  const total = form.querySelectorAll(".question:not(.importance)").length;
  const [, slug] = form.action.match(/\/compare\/([^/]+)\//);
  let timer;
  let request;

  function changed() {
    request?.abort();
    clearTimeout(timer);
    const given = read(form);
    const answered = Object.values(given.answers).filter((option) => option !== null).length;
    count.textContent = worded(count.dataset.count, { answered, total });
    if (answered) timer = setTimeout(ask, PAUSE, given);
    else draw(panel, { sentence: invitation });
  }

  async function ask(given) {
    request = new AbortController();
    const { signal } = request;
    try {
      const response = await fetch(`/api/v1/comparisons/${slug}/decision/`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(given),
        signal,
      });
      if (!response.ok) throw new Error(response.statusText);
      draw(panel, await response.json());
    } catch {
      if (!signal.aborted) draw(panel, { sentence: verdict.dataset.failed });
    }
  }

  panel.hidden = false;
  form.addEventListener("change", changed);
  // Not before: until then the browser may still put back what was chosen before the page was left.
  addEventListener("pageshow", changed);
}

function read(form) {
  const given = { answers: {}, importances: {} };
  for (const [name, value] of new FormData(form)) {
    const [, kind, id] = name.match(/^(question|importance)-(.+)$/) ?? [];
    if (kind === "question") given.answers[id] = value === "" ? null : Number(value);
    if (kind === "importance") given.importances[id] = Number(value);
  }
  return given;
}

function draw(panel, { verdict = "not_enough_answers", sentence, missing = [], scores = [] }) {
  const decided = verdict !== "not_enough_answers";
  const spoken = panel.querySelector(".so-far-verdict");
  // A live region is read out again whenever it is written to.
  if (spoken.textContent !== sentence) spoken.textContent = sentence;
  panel.querySelector(".so-far-missing").textContent = missing.join(" ");
  const { decimal } = panel.querySelector(".so-far-scores").dataset;
  panel.querySelector(".so-far-scores").ariaHidden = decided ? null : "true";
  for (const row of panel.querySelectorAll("[data-path]")) {
    const found = scores.find(({ path }) => path === row.dataset.path);
    if (found) row.querySelector(".name").textContent = found.name;
    row.querySelector(".number").textContent = decided ? rounded(found.exact, decimal) : "–";
    row.querySelector(".bar-fill").setAttribute("width", decided ? found.score : 0);
  }
}

// To one decimal, half away from zero, as the result's page shows it; a binary number can fall short of a half.
function rounded(exact, decimal) {
  const [numerator, denominator = 1n] = exact.split("/").map(BigInt);
  const tenths = (20n * numerator + denominator) / (2n * denominator);
  return `${tenths / 10n}${decimal}${tenths % 10n}`;
}

// The page's templates hold all words, in its language, with the names of what is put into them in braces.
function worded(message, values) {
  return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// --- One question at a time --------------------------------------------------------------------

function takeSteps(form) {
  const views = form.querySelector(".views");
  const progress = form.querySelector(".progress");
  const steps = [...form.querySelectorAll(".question")];
  const questions = steps.filter((step) => !step.matches(".importance"));
  const [back, next] = form.querySelectorAll(".steps [type=button]");
  let current = 0;

  const oneByOne = () => form.dataset.view === "one";
  const firstOpen = () => Math.max(0, steps.indexOf(questions.find((step) => !step.querySelector(":checked"))));

  function view(name) {
    form.dataset.view = name;
    for (const button of views.children) button.ariaPressed = String(button.value === name);
    progress.hidden = !oneByOne();
  }

  function show(step) {
    current = Math.min(step, steps.length - 1);
    for (const each of steps) each.toggleAttribute("data-current", each === steps[current]);
    progress.firstElementChild.textContent = oneByOne() ? place(steps[current]) : "";
    progress.querySelector(".bar-fill").setAttribute("width", (100 * (current + 1)) / steps.length);
    back.hidden = !oneByOne() || current === 0;
    next.hidden = !oneByOne() || current === steps.length - 1;
  }

  function place(step) {
    const { question, importance } = progress.firstElementChild.dataset;
    const area = step.closest(".criterion").querySelector("h3").textContent;
    const number = questions.indexOf(step) + 1;
    return worded(number ? question : importance, { number, area, total: questions.length });
  }

  function go(step) {
    show(step);
    steps[current].tabIndex = -1;
    steps[current].focus({ preventScroll: true });
    for (const part of [steps[current], progress]) part.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // Each step forward is an entry in the history, and `depth` says how many of ours lie before it.
  const depth = () => history.state?.depth ?? 0;
  const note = (step) => history.replaceState({ step, depth: 0 }, "");

  function goOn() {
    history.replaceState({ step: current, depth: depth() }, "");
    history.pushState({ step: current + 1, depth: depth() + 1 }, "");
    go(current + 1);
  }

  function goBack() {
    if (depth()) return history.back();
    note(current - 1);
    go(current - 1);
  }

  function choose(name) {
    keep(name);
    view(name);
    if (oneByOne()) note(firstOpen());
    else if (depth()) history.go(-depth()); // so that one press of the browser's button still leaves the page
    show(firstOpen());
  }

  // An error summary links to questions.
  function reveal() {
    const step = steps.indexOf(document.getElementById(location.hash.slice(1)));
    if (step < 0 || !oneByOne()) return;
    note(step);
    go(step);
  }

  views.hidden = false;
  views.addEventListener("click", ({ target }) => target.value && choose(target.value));
  next.addEventListener("click", goOn);
  back.addEventListener("click", goBack);
  addEventListener("hashchange", reveal);
  addEventListener("popstate", ({ state }) => state && oneByOne() && go(state.step));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "radio" || next.hidden) return;
    event.preventDefault(); // Enter would send the form after the first question
    goOn();
  });
  view(kept() ?? (matchMedia(PHONE).matches ? "one" : "all"));
  show(history.state?.step ?? firstOpen());
  reveal();
}

// The choice stays on the reader's device. Where storage is switched off, it holds for this page.

function kept() {
  try {
    return ["one", "all"].find((name) => name === localStorage.getItem(VIEW));
  } catch {
    return undefined;
  }
}

function keep(name) {
  try {
    localStorage.setItem(VIEW, name);
  } catch {
    // nothing to do
  }
}
