// Moving a visit: asks the server what a move would do, makes it, takes it back. Texts come from
// the server, in the reader's language.

import { say } from "./app.js";

export const board = () => document.getElementById("board");
const path = () => `/board/${board().dataset.team}/${board().dataset.week}`;
const asked = new Map(); // answers by question; a question names the roster's version

/** The target of a move as the server asks for it. */
function question(carried, target) {
  const query = new URLSearchParams({ day: target.day, version: board().dataset.version });
  if (target.worker && target.worker !== carried.worker) {
    query.set("comes", target.worker);
    if (carried.worker) query.set("gone", carried.worker);
  }
  if (target.time) query.set("time", target.time);
  return `${path()}/visits/${carried.visit}/price?${query}`;
}

/** What a move would do: {verdict, title, lines, cost, day, time, workers, version}. */
export async function price(carried, target) {
  const address = question(carried, target);
  if (!asked.has(address)) {
    if (asked.size > 400) asked.clear();
    const answer = fetch(address, { headers: { Accept: "application/json" } }).then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    });
    asked.set(address, answer);
    answer.catch(() => asked.delete(address));
  }
  return asked.get(address);
}

let warm = ""; // the version for which the server has the week at hand

/** Ask something once before it matters: the first answer about a version takes longest. */
function warmUp(event) {
  const link = event.target.closest?.("#board [data-moves]");
  if (!link || warm === board().dataset.version) return;
  warm = board().dataset.version;
  const { visit, worker, day } = link.dataset;
  price({ visit, worker }, { day: day || board().dataset.week, worker }).catch(() => {});
}
document.addEventListener("pointerover", warmUp);
document.addEventListener("focusin", warmUp);

/** Send a form of the board that nobody sees; the answer is the board as it then stands. */
function send(action, fields) {
  const form = document.createElement("form");
  form.hidden = true;
  for (const [name, value] of fields) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  board().append(form);
  const query = new URLSearchParams({ hand: "true" });
  if (board().dataset.open) query.set("show", board().dataset.open);
  if (board().dataset.day) query.set("day", board().dataset.day);
  return globalThis.htmx
    .ajax("POST", `${action}?${query}`, {
      source: form,
      target: "#board",
      select: "#board",
      swap: "outerMorph",
    })
    .finally(() => form.remove());
}

/** Put a visit where its price was asked for. */
export function move(carried, priced) {
  return send(`${path()}/visits/${carried.visit}/move`, [
    ["version", priced.version],
    ["day", priced.day],
    ["time", priced.time],
    ["strict", "true"],
    ...priced.workers.map((worker) => ["workers", worker]),
  ]);
}

/** Take a visit off the week, back to the waiting list. */
export function takeOff(carried) {
  return send(`${path()}/visits/${carried.visit}/unplace`, [["version", board().dataset.version]]);
}

/** Take back a step, or one's own last one. */
export function undo(step) {
  return send(`${path()}/undo`, step ? [["step", step]] : []);
}

let moved = null; // the visit that was just moved by hand: it gets the focus back

/** Whether the board was changed by hand just now; asking forgets it. */
export function justMoved() {
  const visit = moved;
  moved = null;
  return visit;
}

// The server says what was done with the answer to a move by hand.
document.addEventListener("moved", (event) => {
  const { text, undo: fields, label, visit } = event.detail;
  moved = visit;
  setTimeout(() => moved === visit && focusVisit(visit)); // the board may be there already
  setTimeout(() => moved === visit && (moved = null), 500);
  say(text, fields ? { action: { label, run: () => undo(fields.step) } } : {});
});

/** Focus a visit where it stands now. */
export function focusVisit(visit) {
  const link = document.querySelector(`#board [data-visit="${CSS.escape(String(visit))}"]`);
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
