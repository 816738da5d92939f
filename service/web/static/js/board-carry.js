// What is carried over the board, by hand or by keys: the cell below it is coloured and the price
// of dropping it there stands beside it, before it is dropped.

import { say } from "./app.js";
import { board, move, price, takeOff } from "./board-move.js";

const PACE = 30; // milliseconds; while an answer is awaited, cells that are only crossed ask nothing
let asking = 0;
let now = null; // {carried, target, cell, answer, timer}

export const carrying = () => now;

/** Take a visit up: its row (a worker, or nothing where it waits) and day are where it leaves. */
export function take(link) {
  const { visit, worker = "", day = "", start = "" } = link.dataset;
  now = { carried: { visit, worker, day, start }, link, target: null, cell: null, answer: null };
  link.classList.add("is-carried");
  document.body.classList.add("is-carrying");
  return now;
}

/** The visit is over a cell (or the waiting list): ask what it would do there. */
export function over(cell, target) {
  if (!now || (same(target, now.target) && cell === now.cell)) return;
  mark(now.cell, null);
  clearTimeout(now.timer);
  Object.assign(now, { cell, target, answer: null });
  if (!target) return show(null);
  if (target.off) {
    mark(cell, "free");
    return show({ title: board().dataset.wordTakeOff, lines: [] }, "free");
  }
  mark(cell, "asking");
  show({ title: "…", lines: [] }, "asking");
  const mine = now;
  now.answer = new Promise((done) => {
    const ask = () => {
      asking += 1;
      done(price(mine.carried, target).finally(() => (asking -= 1)));
    };
    if (asking) mine.timer = setTimeout(ask, PACE);
    else ask();
  });
  const answer = now.answer;
  answer.then(
    (found) => {
      if (now !== mine || mine.answer !== answer) return;
      mark(mine.cell, found.verdict);
      show(found, found.verdict);
      if (mine.byKeys) announce(found);
    },
    () => now === mine && mine.answer === answer && show({ title: document.body.dataset.offline, lines: [] }, "refused"),
  );
}

/** Let it go where it is: it moves if it may, else it is said why not. */
export async function drop() {
  if (!now) return;
  const { carried, target, answer, byKeys } = now;
  const priced = target && !target.off ? await answer?.catch(() => null) : null;
  letGo();
  if (target?.off) return carried.worker ? takeOff(carried) : undefined;
  if (!priced || priced.verdict === "here") return undefined;
  if (priced.verdict === "free" || priced.verdict === "costs") return move(carried, priced, { follow: byKeys });
  say([priced.title, ...priced.lines].filter(Boolean).join(" "));
  return document.dispatchEvent(new CustomEvent("board:stale", { detail: priced.version }));
}

/** Put it back as if nothing had been. */
export function letGo() {
  if (!now) return;
  clearTimeout(now.timer);
  mark(now.cell, null);
  now.link.classList.remove("is-carried");
  document.body.classList.remove("is-carrying");
  now = null;
  show(null);
  document.dispatchEvent(new CustomEvent("board:let-go"));
}

function same(one, other) {
  return one && other && ["day", "worker", "time", "off"].every((key) => one[key] === other[key]);
}

function mark(cell, verdict) {
  if (!cell) return;
  cell.classList.remove("over-asking", "over-free", "over-costs", "over-refused", "over-here", "over-stale");
  if (verdict) cell.classList.add(`over-${verdict}`);
}

const SIGNS = { free: "✓", costs: "+", refused: "✕", here: "•", stale: "↻", asking: "" };

function show(found, verdict) {
  const note = document.getElementById("carry");
  if (!note) return;
  note.hidden = !found;
  note.className = `carry carry-${verdict}`;
  note.replaceChildren();
  if (!found) return;
  const title = document.createElement("p");
  title.className = "carry-title";
  const sign = document.createElement("span");
  sign.className = "carry-sign";
  sign.textContent = SIGNS[verdict] ?? "";
  title.append(sign, ` ${found.title}`);
  note.append(title);
  for (const line of found.lines.slice(0, 4)) {
    const text = document.createElement("p");
    text.textContent = line;
    note.append(text);
  }
  noteAt(); // it may be larger now
}

let beside = { x: 0, y: 0 };

/** Put the note beside a point, inside the window. */
export function noteAt(x = beside.x, y = beside.y) {
  beside = { x, y };
  const note = document.getElementById("carry");
  if (!note) return;
  const { width, height } = note.getBoundingClientRect();
  const left = Math.max(8, Math.min(x + 18, innerWidth - width - 8));
  const top = y + 22 + height > innerHeight ? Math.max(8, y - height - 14) : y + 22;
  note.style.left = `${left}px`;
  note.style.top = `${top}px`;
}

function announce(found) {
  const live = document.getElementById("carry-said");
  if (!live) return;
  live.textContent = [found.title, ...found.lines.slice(0, 2), board().dataset.wordKeys].join(" ");
}
