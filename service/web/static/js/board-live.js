// Two people at one board: the server says that the roster changed, and the board is read again
// without taking what somebody types or carries. One tab of a browser listens for all of them.

import { carrying } from "./board-carry.js";
import { board } from "./board-move.js";
import { readOpen } from "./board-open.js";

const channel = new BroadcastChannel("thuisronde-board");
const AGAIN = 5000; // milliseconds
let heard = 0; // the newest version of this board's roster that was told of
let asking = false;
let own = 0; // requests of one's own that will change the board

/** Whether a request was made because somebody else changed the board. */
export const quiet = (context) => Boolean(context?.request?.headers?.["X-Board-Quiet"]);
const mine = (event) => event.detail.ctx?.target?.id === "board" && !quiet(event.detail.ctx);

document.addEventListener("htmx:before:request", (event) => {
  if (mine(event)) own += 1;
});
document.addEventListener("htmx:finally:request", (event) => {
  if (mine(event)) own = Math.max(0, own - 1);
  setTimeout(refresh, 400);
});

/** What was read for somebody else's change must not undo what one does meanwhile. */
document.addEventListener("htmx:before:swap", (event) => {
  if (quiet(event.detail.ctx) && (own || carrying() || typing())) event.preventDefault();
});

function hear(told) {
  if (told.ended) {
    location.reload(); // leads to the sign-in page
    return;
  }
  const here = board()?.dataset;
  if (!here || told.team !== here.team || told.week !== here.week) return;
  heard = Math.max(heard, told.version);
  setTimeout(refresh, 120); // the answer to one's own change is on its way
}

channel.addEventListener("message", (event) => hear(event.data));

function listen() {
  const source = new EventSource("/board/events");
  const pass = (told) => {
    channel.postMessage(told);
    hear(told);
  };
  source.addEventListener("roster", (event) => pass(JSON.parse(event.data)));
  source.addEventListener("ended", () => {
    source.close();
    pass({ ended: true });
  });
  // A browser comes back by itself after a lost connection, but not after an answer that is no
  // stream, as while the service starts again.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
  });
}

if (navigator.locks) {
  navigator.locks.request("thuisronde-board-stream", () => {
    listen();
    return new Promise(() => {}); // until this page goes
  });
} else listen();

/** Somebody is in the middle of something that reading the board again would take away. */
function typing() {
  const fields = [...board().querySelectorAll("input, select, textarea")].filter((field) => field.type !== "hidden");
  return fields.some(
    (field) =>
      field === document.activeElement ||
      (field.type === "checkbox" || field.type === "radio"
        ? field.checked !== field.defaultChecked
        : field.tagName === "SELECT"
          ? [...field.options].some((one) => one.selected !== one.defaultSelected) &&
            [...field.options].some((one) => one.defaultSelected)
          : field.value !== field.defaultValue),
  );
}

async function refresh() {
  const here = board();
  if (!here || heard <= Number(here.dataset.version) || asking || own || carrying()) return;
  asking = true;
  try {
    const open = here.querySelector("details[data-menu][open]");
    if (typing() || open) await refreshAround(here);
    else {
      await globalThis.htmx.ajax("GET", location.pathname + location.search, {
        source: "#board",
        target: "#board",
        select: "#board",
        swap: "outerMorph",
        headers: { "X-Board-Quiet": "1" },
      });
    }
  } finally {
    asking = false;
  }
}

/** Only the week and the waiting list; the panel says that its visit was changed, if it was. */
async function refreshAround(here) {
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("board");
  if (!fresh) return;
  for (const part of [".week-scroll", ".waiting", ".capacity-brief", ".capacity-line", ".board-state"]) {
    const old = here.querySelector(part);
    const next = fresh.querySelector(part);
    if (old && next && !old.contains(document.activeElement)) {
      old.replaceChildren(...next.childNodes);
      globalThis.htmx.process(old);
    }
  }
  readOpen();
  here.dataset.version = fresh.dataset.version;
  const was = here.querySelector("#panel-changed");
  const is = fresh.querySelector("#panel-changed");
  if (was && is && was.dataset.at !== is.dataset.at) {
    was.replaceChildren(...is.childNodes);
    was.classList.add("panel-stale");
    was.setAttribute("role", "status");
  }
}

document.addEventListener("board:let-go", () => setTimeout(refresh, 400));
document.addEventListener("htmx:after:swap", () => setTimeout(refresh, 0));
document.addEventListener("board:stale", (event) => {
  heard = Math.max(heard, event.detail);
  refresh();
});
document.addEventListener("focusout", () => setTimeout(refresh, 200));
