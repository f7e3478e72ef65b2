// The contents list marks where one is, each heading offers its address, and a reply is sent in one step.

const contents = document.querySelector(".contents");
const headings = document.querySelectorAll(".content > section[id] > h2");
const said = document.createElement("p");
const form = document.querySelector(".reply-form:has([name=opened])");

if (contents) markCurrent(contents);
headings.forEach(offerAddress);
form?.addEventListener("focusin", sayOpened, { once: true });

// --- The section that is being read -----------------------------------------------------------------

function markCurrent(list) {
  const links = new Map();
  for (const link of list.querySelectorAll("a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section?.closest(".content")) links.set(section, link);
  }
  let current;

  function mark() {
    const line = innerHeight / 3;
    const begun = [...links.keys()].filter((section) => section.getBoundingClientRect().top <= line);
    const link = links.get(begun.at(-1));
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
    if (link && list.scrollHeight > list.clientHeight) keepInSight(list, link);
  }

  // It tells when a section crosses the line, so that nothing is measured while nothing does.
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  links.forEach((_, section) => observer.observe(section));
}

function keepInSight(list, link) {
  const [around, own] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
  if (own.top < around.top || own.bottom > around.bottom) list.scrollTop += own.top - around.top - around.height / 2;
}

// --- The address of a section -----------------------------------------------------------------------

function offerAddress(heading) {
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = `#${heading.parentElement.id}`;
  link.title = document.body.dataset.copy;
  link.ariaLabel = `${document.body.dataset.copy}: ${heading.textContent.trim()}`;
  link.addEventListener("click", copy);
  heading.append(" ", link);
}

async function copy(event) {
  if (!navigator.clipboard || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  history.replaceState(null, "", this.hash);
  try {
    await navigator.clipboard.writeText(this.href);
    tell(document.body.dataset.copied);
  } catch {
    location.hash = this.hash;
  }
}

function tell(text) {
  if (!said.isConnected) {
    said.className = "told";
    said.role = "status";
    document.body.append(said);
  }
  said.textContent = text;
  setTimeout(() => (said.textContent = ""), 2000);
}

// --- The form for a reply ---------------------------------------------------------------------------

// The page is the same for everybody, so the form asks since when it is open. Without it, sending takes two steps.
async function sayOpened() {
  const { opened } = form.elements;
  try {
    const response = opened.value ? {} : await fetch("/replies/opened/");
    if (response.ok) opened.value = await response.text();
  } catch {
    // It takes two steps then.
  }
}
