// Rows of a form are put in order by dragging; this lets the keyboard do it too.
// Tab reaches the two arrows of a row, Enter or Space moves it to the beginning or the end.

for (const arrow of document.querySelectorAll(".sort [role=button]")) {
  arrow.tabIndex = 0;
  arrow.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    arrow.click();
    arrow.focus();
  });
}
