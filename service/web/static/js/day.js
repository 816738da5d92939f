// A worker's day: keeps today's round on the phone, sends what waited, steps minutes and pieces.

import { keepRound, newId, waitingOf, wipeRound } from "./phone.js";
import { showWaiting, tell, tellRefused } from "./saying.js";
import { askRound, sendWaiting } from "./sending.js";

const LONGEST_WAIT = 2 ** 31 - 1;
const spoken = () => document.getElementById("spoken")?.dataset;
const { account } = document.body.dataset;
let until = Infinity;
let unreachable = false;

async function meetServer() {
  const round = await askRound();
  unreachable = round === null;
  if (unreachable) {
    tell(spoken().gone);
    showWaiting(await waitingOf(account));
    return;
  }
  if (round.account !== account) {
    // Somebody else, or nobody, is signed in by now: this page is no longer theirs to see.
    await wipeAndReload();
    return;
  }
  const { sent, differs } = await sendWaiting(round);
  if (sent && differs) location.assign(differs);
  if (sent && document.querySelector("[data-day], [data-stop]")) {
    sessionStorage.setItem("sent", "true");
    if (!differs) location.reload();
    return;
  }
  await keepRound(round);
  until = Date.parse(round.until);
  setTimeout(wipeAndReload, Math.min(until - Date.now(), LONGEST_WAIT));
  const still = await waitingOf(account);
  showWaiting(still);
  if (still.some((item) => item.refused)) tellRefused();
  else tell(sent || justSent() ? spoken().sent : "");
}

async function wipeAndReload() {
  await wipeRound();
  location.reload();
}

function justSent() {
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  return sent;
}

// No clock runs and no event comes while a phone sleeps: what was missed is made up for on waking.
async function wake() {
  if (document.hidden) return;
  if (Date.now() >= until) await wipeAndReload();
  else if (unreachable || (await waitingOf(account)).length) await meetServer();
}

async function begin() {
  if (!spoken()) return;
  if ("serviceWorker" in navigator) {
    const registered = await navigator.serviceWorker.register("/today-worker.js", {
      scope: "/today",
    });
    const worker = registered.active ?? registered.waiting ?? registered.installing;
    worker?.postMessage({ language: document.documentElement.lang });
  }
  window.addEventListener("online", () => meetServer());
  window.addEventListener("offline", () => tell(spoken().gone));
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", () => wake());
  await meetServer();
}

// + and - beside a number.
document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) {
    const field = document.getElementById(step.dataset.for);
    const wanted = (Number.parseInt(field.value, 10) || 0) + Number(step.dataset.step);
    field.value = Math.max(Number(field.min), Math.min(Number(field.max), wanted));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (event.target.closest("[data-prints]")) window.print();
});

// A list that narrows while one types.
for (const field of document.querySelectorAll("[data-filters]")) {
  field.closest("[data-filter-field]").hidden = false;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  field.addEventListener("input", () => {
    const asked = fold(field.value.trim());
    for (const choice of document.querySelectorAll(`#${field.dataset.filters} [data-choice]`)) {
      choice.hidden = !fold(choice.textContent).includes(asked);
    }
  });
}

// A form that must not be sent twice by two quick taps: one name for both.
for (const form of document.querySelectorAll("form[data-once]")) {
  const name = document.createElement("input");
  name.type = "hidden";
  name.name = "client_id";
  name.value = newId();
  form.append(name);
}

begin();
