// The queue by keyboard.
const rows = [...document.querySelectorAll(".doubt")];
const keys = document.getElementById("keys");
const on = document.getElementById("keys-on");
// Whoever speaks to the computer, or hits keys by chance, can turn single keys off; `?` still opens their list.
on.checked = localStorage.getItem("servanda-keys") !== "off";
on.addEventListener("change", () => localStorage.setItem("servanda-keys", on.checked ? "on" : "off"));
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
// A browser may leave the focus inside the list of keys for a moment after it is closed; nothing is typed there then.
const typing = (field) => field.matches("input, textarea, select") && !keys.contains(field);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (keys.open || (!on.checked && event.key !== "?")) return;
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
