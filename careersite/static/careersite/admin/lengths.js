// How long a text is, where its length matters: shown beside the field, and said when somebody pauses.

const NEAR = 0.85; // of what is allowed
const PAUSE = 1000; // milliseconds
const FIELDS = "[data-shown], [maxlength]";

function verdict(length, shown, limit) {
  if (limit && length > limit) return ["over", `${length} characters, ${length - limit} more than fit`];
  if (limit && length > limit * NEAR) return ["long", `${length} of at most ${limit} characters`];
  if (shown && length > shown) return ["long", `${length} characters; search results show about ${shown}`];
  return ["", shown ? `${length} of about ${shown} characters that search results show` : ""];
}

function counter(field) {
  const found = document.getElementById(`${field.id}_length`);
  if (found) return found;
  const made = document.createElement("p");
  made.id = `${field.id}_length`;
  field.after(made);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${made.id}`.trim());
  return made;
}

function count(field) {
  const { shown, limit } = field.dataset;
  const [level, words] = verdict([...field.value].length, Number(shown), Number(limit ?? field.maxLength));
  if (!words && !document.getElementById(`${field.id}_length`)) return "";
  const line = counter(field);
  line.textContent = words;
  line.className = `length ${level}`;
  return level && words;
}

const status = document.createElement("p");
status.setAttribute("role", "status");
status.className = "visually-hidden";
document.querySelector(".groups").append(status);
let pause;

document.querySelectorAll(`.groups :is(${FIELDS})`).forEach(count);
document.addEventListener("input", ({ target }) => {
  if (!target.matches(`.groups :is(${FIELDS})`)) return;
  const words = count(target);
  clearTimeout(pause);
  pause = setTimeout(() => { status.textContent = words }, PAUSE);
});
