// A job under way: asked how far it is, and shown anew once it has ended. Who listens hears it by tenths.

const BETWEEN = 2000; // milliseconds between two questions
const LONGEST = 30000; // where questions aren't answered

const page = document.querySelector("[data-progress]");
const told = document.getElementById("job-told");
const said = document.getElementById("job-said");
const bar = document.getElementById("job-progress");
let wait = BETWEEN;
let tenth = Math.floor((10 * bar.value) / bar.max);

setTimeout(ask, wait);

async function ask() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", ask, { once: true });
    return;
  }
  const response = await fetch(page.dataset.progress, { headers: { Accept: "application/json" } }).catch(() => null);
  if (response?.ok && !response.redirected) {
    wait = BETWEEN;
    if (await show(await response.json())) return;
  } else if (response && response.status < 500) {
    told.textContent = "How far it is can't be asked any more. Load this page again.";
    return;
  } else {
    wait = Math.min(2 * wait, LONGEST);
  }
  setTimeout(ask, wait);
}

// Returns whether that was the last of it.
async function show({ told: words, ended, total, is_under_way: underWay, has_broken_off: broken }) {
  const now = Math.floor((10 * ended) / total);
  const over = !underWay || broken;
  told.textContent = words;
  bar.value = ended;
  if (over || now !== tenth) {
    said.textContent = words;
    await renew(over ? ["job-buttons", "job-rows"] : ["job-rows"]);
  }
  tenth = now;
  return over;
}

// Parts of the page as they are now. Whoever is in one of them isn't moved before the end.
async function renew(parts) {
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of parts.map((id) => document.getElementById(id))) {
    const isEnd = parts.length > 1;
    if (isEnd || !part.contains(document.activeElement)) part.replaceWith(fresh.getElementById(part.id));
  }
}
