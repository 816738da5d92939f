// Carrying a visit with the mouse, a pen or a finger (held for a moment, so that one can scroll).

import { carrying, drop, letGo, noteAt, over, take } from "./board-carry.js";

const FAR = 6; // pixels after which a press is a drag
const HELD = 380; // milliseconds after which a finger carries
const ONE_DAY = matchMedia("(max-width: 767px)"); // a phone: a worker's row is one day of theirs
let pressed = null; // {link, x, y, id, timer}
let ghost = null;

function targetAt(x, y) {
  const found = document.elementFromPoint(x, y);
  let cell = found?.closest("#board td[data-worker], #board .day-tab[data-day], #board .waiting");
  if (!cell && ONE_DAY.matches) cell = found?.closest("#board .week tr")?.querySelector("td.is-shown");
  if (!cell) return [null, null];
  if (cell.matches(".waiting") || cell.dataset.day === "waiting") return [cell, { off: true }];
  const { day, worker = carrying().carried.worker } = cell.dataset;
  return worker ? [cell, { day, worker }] : [null, null];
}

function begin() {
  const { link, x, y } = pressed;
  take(link);
  ghost = link.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.removeAttribute("href");
  ghost.setAttribute("aria-hidden", "true");
  ghost.classList.remove("is-carried");
  ghost.classList.add("ghost");
  ghost.style.width = `${link.getBoundingClientRect().width}px`;
  document.body.append(ghost);
  follow(x, y);
}

function follow(x, y) {
  ghost.style.left = `${x + 8}px`;
  ghost.style.top = `${y + 8}px`;
  over(...targetAt(x, y));
  noteAt(x, y + ghost.getBoundingClientRect().height);
  const scroller = document.querySelector("#board .week-scroll");
  const box = scroller?.getBoundingClientRect();
  if (!box) return;
  if (x > box.right - 40) scroller.scrollLeft += 12;
  if (x < box.left + 40) scroller.scrollLeft -= 12;
  if (y > Math.min(box.bottom, innerHeight) - 40) scroller.scrollTop += 12;
  if (y < box.top + 60 && y > box.top) scroller.scrollTop -= 12;
}

function end() {
  clearTimeout(pressed?.timer);
  pressed = null;
  ghost?.remove();
  ghost = null;
}

document.addEventListener("pointerdown", (event) => {
  const link = event.target.closest?.("#board [data-moves]");
  if (!link || event.button !== 0 || pressed || !event.isPrimary) return;
  pressed = { link, x: event.clientX, y: event.clientY, id: event.pointerId };
  if (event.pointerType === "touch") {
    pressed.timer = setTimeout(() => {
      navigator.vibrate?.(12);
      begin();
    }, HELD);
  } else pressed.mouse = true;
});

document.addEventListener("pointermove", (event) => {
  if (!pressed || event.pointerId !== pressed.id) return;
  const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > FAR;
  if (!ghost && far) {
    if (!pressed.mouse) return end(); // a finger that scrolls
    begin();
  }
  if (ghost) follow(event.clientX, event.clientY);
});

document.addEventListener("pointerup", (event) => {
  if (!pressed || event.pointerId !== pressed.id) return;
  const carried = Boolean(ghost);
  end();
  if (!carried) return;
  // The click that follows would open the visit.
  const swallow = (click) => {
    click.preventDefault();
    click.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 50);
  drop();
});

function cancel() {
  if (ghost) letGo();
  end();
}

document.addEventListener("pointercancel", cancel);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && ghost) {
    event.stopImmediatePropagation();
    cancel();
  }
}, { capture: true });
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("#board [data-moves]")) event.preventDefault();
});
document.addEventListener("contextmenu", (event) => {
  if (pressed && !pressed.mouse) event.preventDefault();
});
document.addEventListener("touchmove", (event) => {
  if (ghost) event.preventDefault();
}, { passive: false });
