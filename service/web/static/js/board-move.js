// Moving a visit: asks the server what a move would do, makes it, takes it back. Texts come from
// the server, in the reader's language.

import { say } from "./app.js";

export const board = () => document.getElementById("board");
const path = () => `/board/${board().dataset.team}/${board().dataset.week}`;
const KEPT = 40_000; // milliseconds; the server lets go of what it has at hand after a minute
const asked = new Map(); // answers by question; a question names the roster's version
let askedSince = 0;

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
    if (asked.size > 400 || Date.now() - askedSince > KEPT) {
      asked.clear();
      askedSince = Date.now();
    }
    const answer = fetch(address, { headers: { Accept: "application/json" } }).then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    });
    asked.set(address, answer);
    answer.catch(() => asked.delete(address));
  }
  return asked.get(address);
}

let warm = { version: "", since: 0, visits: new Set() }; // what the server has at hand

/** Let the server get ready for questions about a visit before they matter: the first about a
 * version of the week takes longest, and so does the first about a visit that is pinned in it. */
export function warmUp(link, { fresh = false } = {}) {
  if (link?.dataset.moves === undefined) return;
  const { version } = board().dataset;
  const { visit, worker, day, pinned } = link.dataset;
  if (fresh || version !== warm.version || Date.now() - warm.since > KEPT) {
    warm = { version, since: Date.now(), visits: new Set() };
  } else if (pinned === undefined || warm.visits.has(visit)) return;
  warm.visits.add(visit);
  const address = question({ visit, worker }, { day: day || board().dataset.week, worker });
  fetch(fresh ? `${address}&fresh=true` : address, { headers: { Accept: "application/json" } }).catch(() => {});
}

const moving = (event) => warmUp(event.target.closest?.("#board [data-moves]"));
document.addEventListener("pointerover", moving);
document.addEventListener("focusin", moving);

/** Send a form of the board that nobody sees; the answer is the board as it then stands, on a
 * phone with the same day in sight, or the one asked for. */
function send(action, fields, day = board().dataset.day) {
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
  if (day) query.set("day", day);
  return globalThis.htmx
    .ajax("POST", `${action}?${query}`, {
      source: form,
      target: "#board",
      select: "#board",
      swap: "outerMorph",
    })
    .finally(() => form.remove());
}

/** Put a visit where its price was asked for; `follow`: go along to its day. */
export function move(carried, priced, { follow = false } = {}) {
  const fields = [
    ["version", priced.version],
    ["day", priced.day],
    ["time", priced.time],
    ["strict", "true"],
    ...priced.workers.map((worker) => ["workers", worker]),
  ];
  return send(`${path()}/visits/${carried.visit}/move`, fields, follow ? priced.day : undefined);
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

/** Focus a visit where it stands now, and return its link. */
export function focusVisit(visit) {
  const link = document.querySelector(`#board [data-visit="${CSS.escape(String(visit))}"]`);
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return link;
}
