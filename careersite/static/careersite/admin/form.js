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

// The forms around the article's own open a new tab, as what is typed is lost on leaving. Here it is kept or asked about.
for (const form of document.querySelectorAll("form[method=post][target=_blank]")) form.removeAttribute("target");

// A chooser takes the name of the field it stands for, and its list holds nothing but what was chosen.
function nameChooser(select) {
  const chooser = select.nextElementSibling;
  if (!chooser?.matches(".select2-container")) return;
  const label = select.ariaLabel ?? document.querySelector(`label[for="${select.id}"]`)?.textContent.replace(":", "").trim();
  const chosen = chooser.querySelector(".select2-selection__rendered");
  for (const part of chooser.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) {
    part.ariaLabel = [label, part === chosen ? "" : chosen.title].filter(Boolean).join(": ");
    part.removeAttribute("aria-labelledby");
  }
}

function nameChoosers() { document.querySelectorAll("select.admin-autocomplete").forEach(nameChooser) }

for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) select.dataset.allowClear = "false";
window.django?.jQuery(nameChoosers);
document.addEventListener("formset:added", nameChoosers);
window.django?.jQuery(document).on("change", "select.admin-autocomplete", (event) => nameChooser(event.target));

for (const corner of document.querySelectorAll("th.original")) corner.role = "cell"; // it heads nothing
for (const box of document.querySelectorAll("td.delete input")) box.ariaLabel = "Delete";

// An editor takes the name of the field it stands for. Some are there before this runs, some come later.
function name(textarea) {
  const content = textarea.closest(".prose-editor")?.querySelector("[contenteditable]");
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (content && label) content.ariaLabel = label.textContent.replace(":", "");
}

document.querySelectorAll(".prose-editor > textarea").forEach(name);
document.addEventListener("prose-editor:ready", (event) => name(event.detail.textarea));
