// The address of a result is copied with one press.

const link = document.querySelector("#link");
const joined = document.createElement("div");
const button = document.createElement("button");
const said = document.createElement("p");

if (navigator.clipboard) offer();

function offer() {
  joined.className = "joined";
  button.type = "button";
  button.textContent = link.dataset.copy;
  button.addEventListener("click", copy);
  said.className = "told";
  said.role = "status";
  link.replaceWith(joined);
  joined.append(link, button);
  document.body.append(said);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(link.value);
    said.textContent = document.body.dataset.copied;
    setTimeout(() => (said.textContent = ""), 2000);
  } catch {
    // What is selected can still be copied by hand.
    link.focus();
    link.select();
  }
}
