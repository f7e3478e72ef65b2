// The signs beside the filters of two lists have a name; a role lets screen readers say it.

addEventListener("load", () => {
  for (const sign of document.querySelectorAll(".search-label-icon[aria-label]")) sign.role = "img";
});
