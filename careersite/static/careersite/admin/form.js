// What the forms lack for people who use the keyboard or a screen reader.

// Rows are put in order by dragging. Tab reaches the two arrows of a row as well, and Enter or Space moves it.
for (const arrow of document.querySelectorAll(".sort [role=button]")) {
  arrow.tabIndex = 0;
  arrow.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    arrow.click();
    arrow.focus();
  });
}

for (const box of document.querySelectorAll("td.delete input")) box.ariaLabel = "Delete";

// An editor takes the name of the field it stands for. Some are there before this runs, some come later.
function name(textarea) {
  const content = textarea.closest(".prose-editor")?.querySelector("[contenteditable]");
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (content && label) content.ariaLabel = label.textContent.replace(":", "");
}

document.querySelectorAll(".prose-editor > textarea").forEach(name);
document.addEventListener("prose-editor:ready", (event) => name(event.detail.textarea));
