// The keys that move: Alt and arrows carry the focused visit to another worker or day, with Shift
// to another time; Enter drops it, Escape leaves it. `/` searches, Ctrl+Z undoes.

import { carrying, drop, letGo, noteAt, over, take } from "./board-carry.js";
import { undo } from "./board-move.js";

const STEP = 15;
let at = null; // {row, column, time} while carrying by keys

const rows = () => [...document.querySelectorAll("#board .week tbody tr")];
const cells = (row) => [...row.querySelectorAll("td[data-worker]")];

function begin(link) {
  take(link).byKeys = true;
  const { worker, day } = carrying().carried;
  const all = rows();
  const row = Math.max(0, all.findIndex((one) => one.dataset.worker === worker));
  const days = cells(all[row]).map((cell) => cell.dataset.day);
  const shown = document.querySelector("#board .day-tab[aria-current]")?.dataset.day;
  const column = Math.max(0, days.indexOf(worker ? day : (shown ?? days[0])));
  at = { row, column, time: null, fresh: !worker };
}

function carry(key, shift) {
  const all = rows();
  const start = carrying().answered?.time ?? carrying().carried.start;
  if (shift) {
    const [hours, minutes] = (start || "09:00").split(":").map(Number);
    const later = key === "ArrowRight" || key === "ArrowDown";
    const next = hours * 60 + minutes + (later ? STEP : -STEP);
    if (next < 0 || next >= 24 * 60) return;
    at.time = `${String(Math.floor(next / 60)).padStart(2, "0")}:${String(next % 60).padStart(2, "0")}`;
  } else if (at.fresh) {
    at.time = null;
  } else {
    at.time = null;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
    at.row = Math.min(all.length - 1, Math.max(0, at.row + step[0]));
    at.column = Math.min(cells(all[at.row]).length - 1, Math.max(0, at.column + step[1]));
  }
  at.fresh = false;
  const cell = cells(all[at.row])[at.column];
  over(cell, { day: cell.dataset.day, worker: cell.dataset.worker, time: at.time });
  const mine = carrying();
  mine.answer?.then((found) => (mine.answered = found), () => {});
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = cell.getBoundingClientRect();
  noteAt(box.left, Math.min(box.bottom, innerHeight - 120) - 20);
}

function stop() {
  at = null;
  letGo();
}

document.addEventListener(
  "keydown",
  (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey && !typing) {
      if (!document.querySelector("#board[data-changes]")) return;
      event.preventDefault();
      undo();
      return;
    }
    if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey) {
      const search = document.getElementById("board-find");
      if (search?.checkVisibility()) {
        event.preventDefault();
        search.focus();
        search.select();
      }
      return;
    }
    if (at && (event.key === "Enter" || event.key === "Escape")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === "Enter") {
        at = null;
        drop();
      } else stop();
      return;
    }
    const link = event.target.closest?.("#board [data-moves]");
    if (!link || !event.altKey || event.ctrlKey || !event.key.startsWith("Arrow")) return;
    event.preventDefault(); // the browser would go back
    event.stopImmediatePropagation();
    if (!at) begin(link);
    carry(event.key, event.shiftKey);
  },
  { capture: true },
);

document.addEventListener("focusout", (event) => {
  if (at && event.target === carrying()?.link) stop();
});
