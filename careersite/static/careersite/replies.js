// The form for a reply asks when it is first used, so that sending it takes one step and not two: its page is the
// same for everybody and cannot say since when it is open. Without this, the reply is shown once more before it is sent.

const form = document.querySelector(".reply-form:has([name=opened])");
const opened = form?.elements.opened;

if (opened && !opened.value) form.addEventListener("focusin", ask, { once: true });

async function ask() {
  try {
    const answer = await fetch("/replies/opened/", { credentials: "omit" });
    if (answer.ok) opened.value = await answer.text();
  } catch {
    // The server asks for a second look then.
  }
}
