// What is typed is kept on the server, one call at a time and only where it differs from what was kept last.
// The same calls say that the page is open, and bring who else has it open. Where a call finds nobody logged
// in, the event "desk:expired" asks for a login, and "desk:renewed" goes on.

const QUIET = 2_000; // ms without typing before what was typed is kept
const LONGEST = 10_000; // and never more than this after the first change
const HEARTBEAT = 20_000;
const SETTLING = 1_000; // until rows and editors are as they are going to be
const PATIENCES = [5_000, 10_000, 20_000, 40_000, 60_000];
const MOST_ON_LEAVING = 60_000; // bytes; browsers refuse more of a call that outlives its page
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "page", "based_on", "seen"]);
const GONE = "This is not there any more: somebody deleted it. Copy what you typed.";
const FORBIDDEN = "Not kept: you may not change this any more.";
const TOO_MUCH = "This page can't be kept for you. Save it, so that nothing is lost.";

const status = document.getElementById("autosave");
const form = document.querySelector("input[name=page]")?.form;
if (status && form) start(status.dataset);

function start(facts) {
  const offer = document.getElementById("unsaved-offer");
  let wanted = "wanted" in facts;
  let waiting = offer !== null; // for a decision on what was left here before
  let stopped = ""; // why nothing is sent any more
  let leaving = false;
  let made = null; // what the page was made with, once it has settled
  let kept = null;
  let tooMuch = null;
  let sending = null;
  let failures = 0;
  let forbidden = false;
  let sequence = 0;
  let saved = 0; // the revision last saved from this page
  let since = 0;
  let timer = 0;

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  // --- What is there to keep ----------------------------------------------------------------------

  function typed() {
    const counts = ([name, value]) =>
      typeof value === "string" && !NOT_TYPED.has(name) && !name.includes("__prefix__");
    return JSON.stringify([...new FormData(form)].filter(counts));
  }

  function settle() {
    if (made !== null) return;
    made = kept = typed();
    if ("refused" in facts) kept = ""; // what was sent is in no slot and in no revision
    if ("refused" in facts || "takenUp" in facts) made = "";
  }

  const words = (text) => text && JSON.stringify(written(form, JSON.parse(text)));
  const same = (one, other) => one === other || words(one) === words(other);
  const differs = (now) => kept !== null && !same(now, kept);
  const keeps = () => wanted && !waiting && !stopped;
  const fits = (text) => new Blob([text]).size < MOST_ON_LEAVING;

  // --- Calling ------------------------------------------------------------------------------------

  function changed() {
    settle();
    if (!keeps() || failures || leaving) return;
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(consider, Math.min(QUIET, Math.max(0, since + LONGEST - Date.now())));
  }

  function consider() {
    since = 0;
    if (keeps() && differs(typed())) call();
  }

  function letter(news, last) {
    const body = new FormData();
    const add = (name, value) => body.append(`call-${name}`, value);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    add("page", form.elements.page.value);
    add("based_on", form.elements.based_on.value || "0");
    add("saved", saved);
    add("sequence", ++sequence);
    if (last) add("leaving", "on");
    if (news !== null && same(news, made)) add("undone", "on");
    else if (news !== null) add("fields_typed", news);
    return body;
  }

  async function call({ last = false } = {}) {
    if (stopped || (!last && (sending || leaving))) return;
    clearTimeout(timer);
    const now = typed();
    let news = keeps() && differs(now) && now !== tooMuch ? now : null;
    const small = fits(news ?? "");
    if (last && (leaving || !small)) news = null;
    const mine = (sending = new AbortController());
    try {
      const headers = { Accept: "application/json" };
      const options = { method: "POST", headers, redirect: "error", keepalive: small, signal: mine.signal };
      await take(await fetch(facts.address, { ...options, body: letter(news, last) }), news);
    } catch {
      if (!mine.signal.aborted) fail(news);
    } finally {
      if (sending === mine) sending = null;
    }
    if (!failures && differs(typed())) changed();
  }

  async function take(response, news) {
    if (response.ok) heed(await response.json(), news);
    else if (response.status === 401 || response.status === 403) ask(response.status);
    else if (response.status === 404) stop(GONE);
    else if (response.status === 400 || response.status === 413) await giveUp(response, news);
    else throw new Error(`status ${response.status}`);
  }

  function heed(answer, news) {
    failures = 0;
    forbidden = false;
    saved = Math.max(saved, answer.saved);
    sequence = Math.max(sequence, answer.sequence);
    wanted = answer.wanted;
    if (waiting && !answer.elsewhere) decided();
    show(answer.notices);
    if (news === null) return;
    if (answer.kept || same(news, made)) kept = news;
    if (answer.kept) say(`Kept at ${answer.kept}${hasFiles() ? ", without the files that you chose" : ""}`);
    else if (same(news, made)) say("");
  }

  function ask(reason) {
    if (reason === 403 && forbidden) return stop(FORBIDDEN);
    forbidden = reason === 403; // unless it was only the token, which a login elsewhere has changed
    stop("Not kept: you are not logged in.");
    document.dispatchEvent(new CustomEvent("desk:expired"));
  }

  async function giveUp(response, news) {
    tooMuch = news;
    const words = await response.json().then((answer) => answer.error, () => TOO_MUCH);
    say(words);
  }

  function fail(news) {
    const delay = PATIENCES[Math.min(failures, PATIENCES.length - 1)];
    failures += 1;
    timer = setTimeout(call, delay);
    if (news !== null) say(`Not kept: the server does not answer. Trying again in ${delay / 1000} seconds.`);
  }

  function stop(words) {
    stopped = words;
    say(words);
  }

  function hasFiles() {
    return [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  }

  function show(notices) {
    const list = document.getElementById("desk-others");
    const shown = [...list.children].map((item) => item.textContent);
    if (notices.join() === shown.join()) return;
    const item = (words) => Object.assign(document.createElement("li"), { textContent: words });
    list.replaceChildren(...notices.map(item));
  }

  // --- When ---------------------------------------------------------------------------------------

  for (const name of ["input", "change", "click", "pointerup"]) form.addEventListener(name, changed);
  for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, changed);
  window.django?.jQuery?.(form).on("change", changed); // select2 tells nobody else
  form.addEventListener("focusin", settle, { once: true }); // before anything is typed

  function arrive() {
    settle();
    call();
  }
  if (document.readyState === "complete") setTimeout(arrive, SETTLING);
  else window.addEventListener("load", () => setTimeout(arrive, SETTLING));
  setInterval(() => document.visibilityState === "visible" && !failures && call(), HEARTBEAT);
  document.addEventListener("visibilitychange", () => made !== null && !failures && call());

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.formTarget === "_blank") return;
    leaving = true;
    clearTimeout(timer);
    sending?.abort();
  });
  window.addEventListener("pagehide", () => {
    call({ last: true });
    leaving = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    sending = null;
    call();
  });
  window.addEventListener("beforeunload", (event) => {
    const now = typed();
    if (leaving || !differs(now)) return;
    if (!keeps() || failures || !fits(now)) event.preventDefault();
  });

  document.addEventListener("desk:renewed", () => {
    if (stopped) say(""); // where nothing was stopped, what is said of what was kept still holds
    stopped = "";
    call();
  });
  document.addEventListener("desk:stranger", (event) => {
    stop(`Not kept: ${event.detail} is logged in now.`);
  });

  // --- What was left here before, and the switch: in place, as what was typed since stays ---------------

  function decided() {
    offer.remove();
    waiting = false;
    changed();
  }

  function switched(to) {
    wanted = to;
    for (const part of document.querySelectorAll("[data-autosave]")) {
      part.hidden = (part.dataset.autosave === "on") !== to;
    }
    if (waiting && !to) decided();
    if (to) changed();
    say(to ? "" : "Nothing is kept until you save.");
  }

  function inPlace(id, then) {
    const small = document.getElementById(id);
    small.addEventListener("submit", async (event) => {
      event.preventDefault();
      const headers = { Accept: "application/json" };
      const options = { method: "POST", headers, body: new FormData(small), redirect: "manual" };
      const response = await fetch(small.action, options).catch(() => null);
      if (response?.type === "opaqueredirect") then();
      else if ([401, 403].includes(response?.status)) document.dispatchEvent(new CustomEvent("desk:expired"));
      else say("That did not work: the server does not answer as it should. Try again.");
    });
  }

  if (offer) inPlace("unsaved-discard", decided);
  else document.getElementById("unsaved-discard").addEventListener("submit", () => (leaving = true));
  inPlace("autosave-on", () => switched(true));
  inPlace("autosave-off", () => switched(false));
}

// --- What a form says, without the rows that were added and hold nothing yet -------------------------------

function written(form, pairs) {
  const begins = beginnings(form);
  const newRow = (name) => {
    const [, prefix, place, field] = name.match(/^(.+)-(\d+)-(.+)$/) ?? [];
    const isNew = begins.has(prefix) && Number(place) >= Number(form.elements[`${prefix}-INITIAL_FORMS`].value);
    return isNew ? { row: `${prefix}-${place}`, begin: begins.get(prefix).get(field) ?? "" } : null;
  };
  // A script gives new rows their places.
  const isPlace = (name) => form.elements[name]?.classList?.contains("_reorder_") ?? false;
  const holds = ([name, value]) => newRow(name) && newRow(name).begin !== value && !isPlace(name);
  const rows = new Set(pairs.filter(holds).map(([name]) => newRow(name).row));
  const counts = (name) => !name.endsWith("-TOTAL_FORMS") && (!newRow(name) || rows.has(newRow(name).row));
  return pairs.filter(([name]) => counts(name));
}

/** By the prefix of a set of rows: what the fields of a new row begin with. */
function beginnings(form) {
  const found = new Map();
  for (const [name, value] of new FormData(form)) {
    const [, prefix, field] = name.match(/^(.+)-__prefix__-(.+)$/) ?? [];
    if (prefix) found.set(prefix, (found.get(prefix) ?? new Map()).set(field, value));
  }
  return found;
}
