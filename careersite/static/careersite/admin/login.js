// A form outlives the login that it was opened with: before it is sent, and when another script hears that
// nobody is logged in any more (it says so by the event "desk:expired"), the login is shown over it.
// "desk:renewed" says that the same person is there again, "desk:stranger" that somebody else is.

const PATIENCE = 15_000;
const dialog = document.getElementById("login-again");
const form = document.querySelector("input[name=page]")?.form;
if (dialog && form) watch(dialog.dataset, dialog.querySelector("iframe"));

function watch({ user, name, session, login }, frame) {
  let pressed = null; // the button that waits for an answer
  let asking = false;
  let outdated = false; // what is being asked for, as somebody logged in meanwhile
  let passing = false;
  let warned = ""; // of what the last press was told; the next one goes ahead

  const tell = (what, detail) => document.dispatchEvent(new CustomEvent(what, { detail }));

  async function ask() {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const options = { headers: { Accept: "application/json" }, cache: "no-store", signal };
      const response = await fetch(session, options);
      if (response.status === 401) return null;
      return response.ok ? await response.json() : {};
    } catch {
      return {};
    }
  }

  async function check() {
    outdated = asking;
    if (asking) return;
    asking = true;
    const found = await ask();
    asking = false;
    if (outdated) check();
    else if (found === null) expired();
    else if (!found.token) silent();
    else meet(found);
  }

  function expired() {
    const words = "Nothing is lost: what you typed stays on this page. Log in again, and it goes on.";
    show("You are not logged in any more", words, true);
  }

  function silent() {
    if (!pressed) return;
    const words = "Nothing was sent, and what you typed stays here. Press again to send it all the same.";
    warn("silence", "The server does not answer", words, false);
  }

  function meet(found) {
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = found.token;
    if (found.user === user) {
      warned = "";
      const waited = dialog.open || !pressed;
      goOn();
      if (waited) tell("desk:renewed");
    } else {
      tell("desk:stranger", found.name);
      const words =
        `${name} opened this page, so it is neither sent nor kept by itself. ` +
        `Press the button again to send it as ${found.name}, or log in as ${name}.`;
      warn(found.user, `${found.name} is logged in now`, words, true);
    }
  }

  function warn(of, title, words, framed) {
    if (pressed && warned === of) return goOn();
    if (pressed) warned = of;
    pressed = null;
    show(title, words, framed);
  }

  function show(title, words, framed) {
    dialog.querySelector("h2").textContent = title;
    document.getElementById("login-again-says").textContent = words;
    frame.hidden = !framed;
    if (framed && !frame.getAttribute("src")) frame.src = login;
    if (!dialog.open) dialog.showModal();
  }

  function goOn() {
    const waiting = pressed;
    pressed = null;
    if (dialog.open) dialog.close();
    if (!waiting) return;
    passing = true;
    form.requestSubmit(waiting.button);
    passing = false;
  }

  function hold(event) {
    if (event.target !== form || passing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking) return;
    pressed = { button: event.submitter };
    check();
  }

  let known = "";
  frame.addEventListener("load", () => {
    const there = frame.contentDocument?.getElementById("logged-in")?.dataset.user ?? "";
    if (there && there !== known) check();
    known = there;
  });

  document.addEventListener("submit", hold, true);
  document.addEventListener("desk:expired", () => dialog.open || check());
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    pressed = null;
    known = "";
    frame.removeAttribute("src");
  });
}
