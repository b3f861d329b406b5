// Send files one by one, so that each shows its outcome as soon as it is known.
const form = document.getElementById("add");
const input = document.getElementById("files");
const drop = document.getElementById("drop");
const outcomes = document.getElementById("outcomes");
const progress = document.getElementById("progress");

async function send(files) {
  progress.hidden = false;
  progress.max = files.length;
  let done = 0;
  for (const file of files) {
    const body = new FormData(form);
    body.delete("files");
    body.delete("text");
    body.append("files", file, file.name);
    const row = document.createElement("div");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector(".outcomes, .notice");
      row.append(found ? document.adoptNode(found) : `${file.name}: the server answered ${answer.status}`);
    } catch {
      row.textContent = `${file.name}: the server did not answer; send it again`;
    }
    outcomes.append(row);
    progress.value = ++done;
  }
  progress.hidden = true;
}

form.addEventListener("submit", (event) => {
  if (input.files.length && !form.elements.text.value.trim()) {
    event.preventDefault();
    const files = [...input.files];
    send(files).then(() => { input.value = ""; });
  }
});
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop" && form.reportValidity()) send([...event.dataTransfer.files]);
  });
}
