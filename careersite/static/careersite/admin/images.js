// Choosing an image: what is chosen is shown. Windows to choose and to upload are the admin's own.

const $ = window.django.jQuery;

function enhance(root) {
  for (const chooser of root.querySelectorAll(".image-chooser")) {
    chooser.classList.add("is-enhanced");
    field(chooser).type = "hidden";
    update(chooser);
  }
}

const field = (chooser) => chooser.querySelector("input");

function update(chooser) {
  const remove = chooser.querySelector(".image-remove");
  remove.hidden = !field(chooser).value;
  chooser.toggleAttribute("data-chosen", Boolean(field(chooser).value));
}

async function show(chooser) {
  update(chooser);
  const pk = field(chooser).value;
  const chosen = chooser.querySelector(".image-chosen");
  const html = pk ? await fetched(chooser.dataset.address.replace("__pk__", encodeURIComponent(pk))) : "";
  if (field(chooser).value !== pk) return; // another one was chosen meanwhile
  if (html === null) chosen.textContent = "The image is chosen, but it can't be shown just now.";
  else chosen.innerHTML = html;
}

async function fetched(address) {
  try {
    const response = await fetch(address);
    return response.ok && !response.redirected ? await response.text() : null;
  } catch {
    return null;
  }
}

// The admin's windows tell jQuery alone that they have set a value; others who listen learn of it here.
$(document).on("change", ".image-chooser input", (event) => {
  show(event.target.closest(".image-chooser"));
  if (!event.originalEvent) event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("click", (event) => {
  const chooser = event.target.closest(".image-remove")?.closest(".image-chooser");
  if (!chooser) return;
  field(chooser).value = "";
  field(chooser).dispatchEvent(new Event("change", { bubbles: true }));
  field(chooser).dispatchEvent(new Event("input", { bubbles: true }));
  chooser.querySelector(".related-lookup").focus();
});

enhance(document);
