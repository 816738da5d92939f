// A worker's day: keeps today's round on the phone, sends what waited, steps minutes and pieces.

import { keepRound, newId, waitingOf, wipeRound } from "./phone.js";
import { askRound, sendWaiting, showWaiting, tell } from "./saying.js";

const LONGEST_WAIT = 2 ** 31 - 1;
const spoken = () => document.getElementById("spoken")?.dataset;

async function meetServer() {
  const { account } = document.body.dataset;
  const round = await askRound();
  const waiting = await waitingOf(account);
  if (round === null) {
    tell(spoken().gone);
    showWaiting(waiting);
    return;
  }
  if (round.account !== account) {
    // Somebody else, or nobody, is signed in by now: this page is no longer theirs to see.
    await wipeRound();
    location.reload();
    return;
  }
  const { sent, differs } = await sendWaiting(round);
  if (sent) {
    sessionStorage.setItem("sent", "true");
    if (differs) location.assign(differs);
    else location.reload();
    return;
  }
  await keepRound(round);
  const left = Date.parse(round.until) - Date.now();
  setTimeout(() => wipeRound().then(() => location.reload()), Math.min(left, LONGEST_WAIT));
  const still = await waitingOf(account);
  showWaiting(still);
  tell(still.some((item) => item.refused) ? spoken().refused : justSent());
}

function justSent() {
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  return sent ? spoken().sent : "";
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
