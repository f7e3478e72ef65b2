// A link to a row of a form, `#row-<id>`, leads to where that row stands now.

function show() {
  const id = location.hash.match(/^#row-([0-9a-f-]{36})$/)?.[1];
  const key = id && document.querySelector(`input[type=hidden][name$="-id"][value="${id}"]`);
  const row = key?.closest(".inline-related, tr.form-row");
  if (!row) return;
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "start" });
}

show();
addEventListener("hashchange", show);
