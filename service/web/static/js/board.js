// The board's keys, its address, and where the focus goes. Without this, links and forms do it all.

import "./board-drag.js";
import "./board-find.js";
import "./board-form.js";
import { legend } from "./board-help.js";
import "./board-keys.js";
import { quiet } from "./board-live.js";
import "./board-open.js";
import { board, focusVisit, justMoved, warmUp } from "./board-move.js";

const firstMovable = () => document.querySelector("#board .week [data-moves]");
setTimeout(() => warmUp(firstMovable(), { fresh: true }), 100);

let opened = null; // the visit whose panel was opened, to go back to

/** The server says which address shows what stands here: the bar follows. */
function followAddress() {
  const address = board()?.dataset.address;
  const here = location.pathname + location.search;
  if (address && address !== here) history.pushState({ board: true }, "", address);
}

function load(address) {
  globalThis.htmx.ajax("GET", address, {
    source: "#board",
    target: "#board",
    select: "#board",
    swap: "outerMorph",
  });
}

globalThis.addEventListener("popstate", () => load(location.pathname + location.search));

/** An answer without a board (signed out, gone, refused) must not empty the page. */
document.addEventListener("htmx:before:swap", (event) => {
  const context = event.detail.ctx;
  if (context.target?.id !== "board" || context.text?.includes('id="board"')) return;
  event.preventDefault();
  location.assign(board().dataset.address);
});

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id !== "board") return;
  followAddress();
  const moved = justMoved();
  warmUp(moved ? focusVisit(moved) : firstMovable());
  if (moved) return;
  if (quiet(event.detail.ctx)) return;
  const said = document.querySelector("#board [data-said]");
  const title = document.getElementById("panel-title");
  const panel = document.querySelector("#board .panel");
  if (said) said.focus();
  else if (title && !panel.contains(document.activeElement)) title.focus();
  else if (!title && opened) {
    document.querySelector(`[data-visit="${CSS.escape(opened)}"]`)?.focus();
    opened = null;
  }
});

document.addEventListener("click", (event) => {
  const visit = event.target.closest?.("#board [data-visit]");
  if (visit) opened = visit.dataset.visit;
});

/** Rows of links as they are seen: the waiting list is the first column. */
function grid() {
  const rows = [...document.querySelectorAll("#board .week tbody tr")].map((row) =>
    [...row.querySelectorAll("td")].map((cell) => [...cell.querySelectorAll("[data-visit]")]),
  );
  return rows;
}

function position(link) {
  const cell = link.closest("td");
  if (!cell) return null;
  const row = cell.closest("tr");
  return {
    row: [...row.parentElement.children].indexOf(row),
    column: [...row.querySelectorAll("td")].indexOf(cell),
    place: [...cell.querySelectorAll("[data-visit]")].indexOf(link),
  };
}

/** The visit above or below: in the cell, else in the nearest row that has one on that day. */
function vertical(rows, at, step) {
  const cell = rows[at.row][at.column];
  const next = cell[at.place + step];
  if (next) return next;
  for (let row = at.row + step; rows[row]; row += step) {
    const found = rows[row][at.column];
    if (found?.length) return step > 0 ? found[0] : found.at(-1);
  }
  return null;
}

/** The visit on the nearest day to the side that has one, as far down as here. */
function horizontal(rows, at, step) {
  for (let column = at.column + step; column >= 0 && column < rows[at.row].length; column += step) {
    const found = rows[at.row][column];
    if (found.length) return found[Math.min(at.place, found.length - 1)];
  }
  return null;
}

const STEPS = {
  ArrowDown: [vertical, 1],
  ArrowUp: [vertical, -1],
  ArrowRight: [horizontal, 1],
  ArrowLeft: [horizontal, -1],
};

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "Escape" && !document.querySelector("details[data-menu][open]")) {
    document.querySelector("#board [data-closes-panel]")?.click();
    return;
  }
  if (typing) return;
  if (event.key === "?") {
    legend();
    return;
  }
  const link = event.target.closest?.("#board [data-visit]");
  const step = STEPS[event.key];
  if (!link || !step) return;
  const at = position(link);
  const next = at
    ? step[0](grid(), at, step[1])
    : waitingNext(link, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});

function waitingNext(link, key) {
  const all = [...document.querySelectorAll("#board .waiting [data-visit]")];
  const at = all.indexOf(link);
  if (key === "ArrowDown") return all[at + 1];
  if (key === "ArrowUp") return all[at - 1];
  if (key === "ArrowRight") return document.querySelector("#board .week [data-visit]");
  return null;
}
