// Filters by a name: what is typed is completed, and a name that is chosen filters at once.

const WAIT = 150; // milliseconds without a key before names are asked for

document.querySelectorAll(".named-filter").forEach(complete);

function complete(form) {
  const field = form.querySelector("input[type=text]");
  const names = document.getElementById(field.getAttribute("list"));
  const known = new Map();
  let waiting;

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (known.has(field.value)) choose(known.get(field.value));
    else if (field.value.trim()) waiting = setTimeout(ask, WAIT);
  });

  async function ask() {
    const term = field.value.trim();
    const { app, model, field: name } = form.dataset;
    const asked = new URLSearchParams({ app_label: app, model_name: model, field_name: name, term });
    const response = await fetch(`${form.dataset.complete}?${asked}`).catch(() => null);
    if (!response?.ok || term !== field.value.trim()) return;
    const { results } = await response.json();
    known.clear();
    results.forEach(({ id, text }) => known.set(text, id));
    names.replaceChildren(...results.map(({ text }) => new Option(text, text)));
  }

  function choose(id) {
    const wanted = new URLSearchParams(new FormData(form));
    wanted.delete(field.name);
    wanted.set(form.dataset.chosen, id);
    location.assign(`?${wanted}`); // the form stays as it was, for those who go back
  }
}
