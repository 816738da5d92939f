// Finding on the board: what does not match steps back. And pairs: one shows the other.

const everything = () => [...document.querySelectorAll("#board [data-visit]")];
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function find() {
  const field = document.getElementById("board-find");
  if (!field) return [];
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const found = [];
  for (const link of everything()) {
    const row = link.closest("tr")?.querySelector(".worker")?.textContent ?? "";
    const text = plain(`${link.textContent} ${row}`);
    const hit = words.every((word) => text.includes(word));
    link.classList.toggle("not-found", !hit);
    link.classList.toggle("is-found", hit && words.length > 0);
    if (hit && words.length) found.push(link);
  }
  const count = document.getElementById("board-found");
  if (count) count.textContent = words.length ? String(new Set(found.map((one) => one.dataset.visit)).size) : "";
  return found;
}

document.addEventListener("input", (event) => {
  if (event.target.id === "board-find") find();
});
document.addEventListener("htmx:after:swap", find);
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "board-find") return;
  if (event.key === "Enter") {
    event.preventDefault();
    find()
      .find((link) => link.checkVisibility())
      ?.focus();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    event.target.value = "";
    find();
    event.target.blur();
  }
}, { capture: true });

function light(link) {
  for (const lit of document.querySelectorAll("#board .pair-lit")) lit.classList.remove("pair-lit");
  if (!link) return;
  const both = document.querySelectorAll(`#board [data-visit="${CSS.escape(link.dataset.visit)}"]`);
  if (both.length > 1) for (const one of both) one.classList.add("pair-lit");
}

for (const name of ["mouseover", "focusin"]) {
  document.addEventListener(name, (event) => light(event.target.closest?.("#board [data-visit]")));
}
