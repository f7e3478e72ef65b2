// A button that says what it does when: its words follow the day and time that were given.

const FORMAT = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZone: "UTC" };

// Days and times are the site's own, and stay as they are typed.
function words(field, zone, now) {
  const typed = new Date(`${field.value}Z`);
  if (!field.value || Number.isNaN(typed.valueOf())) return "";
  const year = typed.getUTCFullYear() === Number(now) ? {} : { year: "numeric" };
  const parts = new Intl.DateTimeFormat("en-GB", { ...FORMAT, ...year }).formatToParts(typed);
  const part = (type) => parts.find((each) => each.type === type)?.value;
  const day = [part("weekday"), part("day"), part("month"), part("year")].filter(Boolean).join(" ");
  return `${day}, ${Number(part("hour"))}:${part("minute")} ${zone}`;
}

for (const button of document.querySelectorAll("[data-moment]")) {
  const { moment, until, verb, without, zone, year } = button.dataset;
  const fields = [moment, until].map((id) => document.getElementById(id));
  const say = () => {
    const [start, end] = fields.map((field) => field && words(field, zone, year));
    button.textContent = start ? `${verb} ${start}${end ? `, until ${end}` : ""}` : without;
  };
  fields.forEach((field) => field?.addEventListener("input", say));
  say();
}
