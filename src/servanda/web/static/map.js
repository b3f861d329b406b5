// Places on a base map that lies beside this file: no tiles, no other host.
const holder = document.getElementById("map");
if (holder) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(holder, { attributionControl: false, zoomAnimation: !still, fadeAnimation: !still, maxZoom: 9 });
  const markers = JSON.parse(holder.dataset.markers);
  const sites = JSON.parse(holder.dataset.sites);
  map.fitBounds(L.latLngBounds([...markers, ...sites].map((marker) => marker.at)).pad(0.4), { maxZoom: 6, animate: false });
  const order = ["violated", "reversed", "overdue", "at-risk", "in-progress", "in-force", "fulfilled-late", "fulfilled"];
  for (const marker of markers) {
    const worst = order.find((state) => marker.states.includes(state)) ?? "none";
    const icon = L.divIcon({ className: `pin state ${worst}`, html: "", iconSize: [18, 18] });
    const words = `${marker.name}: ${worst === "none" ? "nothing owed" : worst.replace("-", " ")}, ${marker.count} reports`;
    const label = document.createElement("span");
    label.textContent = marker.name;
    L.marker(marker.at, { icon, title: words, alt: words })
      .addTo(map)
      .bindTooltip(label, { permanent: true, direction: "right" })
      .on("click", () => document.getElementById(marker.link.slice(1))?.focus());
  }
  const most = Math.max(1, ...sites.map((site) => site.before));
  for (const site of sites) {
    const radius = site.left ? 6 + 22 * Math.sqrt(site.left / most) : 3;
    const words = document.createElement("span");
    words.textContent = `${site.name}: ${site.left} of ${site.before}`;
    L.circleMarker(site.at, { radius, className: `force side-${site.side}${site.left ? "" : " empty"}` })
      .addTo(map)
      .bindTooltip(words);
  }
  const answer = await fetch("/static/vendor/world-atlas/countries-50m.json");
  const world = await answer.json();
  L.geoJSON(topojson.feature(world, world.objects.countries), { className: "land", interactive: false }).addTo(map).bringToBack();
}
const slider = document.getElementById("slider");
if (slider) {
  const steps = slider.dataset.steps.split(" ");
  const chosen = document.getElementById("chosen");
  slider.value = steps.filter((step) => step <= slider.dataset.asOf).length - 1;
  slider.addEventListener("input", () => { chosen.value = steps[slider.value]; });
  slider.addEventListener("change", () => {
    const next = new URL(location.href);
    next.searchParams.set("as_of", steps[slider.value]);
    location.assign(next);
  });
}
