// The form that moves a visit says what it would do while it is filled in.

import { board } from "./board-move.js";

let timer = 0;

async function tell(form) {
  const note = form.querySelector("#move-price");
  const data = new FormData(form);
  const workers = data.getAll("workers").filter(Boolean);
  const time = String(data.get("time") ?? "");
  if (!note || !workers.length || !/^([01]?\d|2[0-3])[:.hu]?[0-5]\d$/.test(time)) return;
  const query = new URLSearchParams({ day: data.get("day"), time });
  for (const worker of workers) query.append("workers", worker);
  const answer = await fetch(`${form.dataset.prices}?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || !board().contains(note)) return;
  const found = await answer.json();
  note.className = `move-price small carry-${found.verdict}`;
  note.replaceChildren();
  const title = document.createElement("b");
  title.className = "carry-title";
  title.textContent = found.title;
  note.append(title);
  for (const line of found.lines) note.append(document.createElement("br"), line);
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("form[data-prices]");
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => tell(form), 150);
  });
}
