// What is selected in the text fills the quote of the form, by mouse, by touch or by keyboard.
const text = document.getElementById("text");
const quote = document.querySelector('.claim-form textarea[name="quote"]');
const start = document.querySelector('.claim-form input[name="start"]');
const selectable = document.getElementById("selectable");

// Offsets count code points, as in the ledger; a browser counts UTF-16 units.
const points = (words) => [...words].length;

function fill(before, words) {
  const lead = words.length - words.trimStart().length;
  if (!words.trim()) return;
  quote.value = words.trim();
  start.value = points(before) + points(words.slice(0, lead));
}

if (text && quote) {
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    fill(before.toString(), range.toString());
  });
}
if (text && quote && selectable) {
  selectable.value = text.textContent;
  document.getElementById("by-keyboard").hidden = false;
  const take = () => {
    const { selectionStart: first, selectionEnd: last, value } = selectable;
    if (last > first) fill(value.slice(0, first), value.slice(first, last));
  };
  // Not `readonly`, which takes the caret away in some browsers; but nothing that is typed gets in.
  selectable.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const name of ["select", "keyup", "mouseup"]) selectable.addEventListener(name, take);
}
// The address of a correction names no place in the page: a browser that went there would take the focus away.
const first = document.querySelector("#correct select, #correct textarea");
if (first) {
  first.focus({ preventScroll: true });
  first.closest("article").scrollIntoView({ block: "start" });
} else if (location.hash) {
  document.getElementById(location.hash.slice(1))?.focus();
}
