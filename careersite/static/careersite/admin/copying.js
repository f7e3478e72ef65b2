// A button beside each link puts it into the clipboard; where there is none to reach, it marks the link.

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button.parentElement.querySelector("input")));
}

async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say(`Copied: ${field.ariaLabel}.`);
  } catch {
    say("The link is marked. Copy it with your keyboard.");
  }
}

function say(words) {
  document.querySelector(".copied").textContent = words;
}
