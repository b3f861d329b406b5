// The queue by keyboard.
const rows = [...document.querySelectorAll(".doubt")];
const keys = document.getElementById("keys");
let at = -1;
function go(step) {
  if (!rows.length) return;
  at = Math.max(0, Math.min(rows.length - 1, at + step));
  rows[at].focus();
}
rows.forEach((row, index) => row.addEventListener("focusin", () => { at = index; }));
function press(value) {
  if (at < 0) go(1);
  rows[at]?.querySelector(`button[value="${value}"]`)?.click();
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  if (keys.open) return;
  const actions = {
    j: () => go(1),
    k: () => go(-1),
    a: () => press("accept"),
    r: () => press("reject"),
    l: () => { if (at < 0) go(1); rows[at]?.querySelector('input[name="to"]').focus(); },
    c: () => { if (at < 0) go(1); rows[at]?.querySelector("a.correct").click(); },
    u: () => document.querySelector(".undo")?.focus(),
    "?": () => keys.showModal(),
  };
  if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
});
