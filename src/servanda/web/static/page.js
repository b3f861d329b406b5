// A page opened without its dates gets them in its address, so that the link shows the same thing tomorrow.
const canonical = document.querySelector('link[rel="canonical"]');
const here = new URL(location.href);
if (canonical && !(here.searchParams.has("as_of") && here.searchParams.has("known_by"))) {
  for (const [name, value] of new URL(canonical.href).searchParams) {
    if (!here.searchParams.has(name)) here.searchParams.set(name, value);
  }
  history.replaceState(null, "", here);
}
// Dates in the reader's own format; the ISO form stays on hover.
const format = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeZone: "UTC" });
function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(time.dateTime)) time.textContent = format.format(new Date(time.dateTime));
  }
}
localise(document);
document.addEventListener("htmx:load", (event) => localise(event.detail.elt.parentNode ?? event.detail.elt));
