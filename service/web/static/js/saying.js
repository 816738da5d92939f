// Saying how a visit went: in two taps, kept first and sent then, once, whatever the connection.

import { addWaiting, newId, removeWaiting, waitingOf } from "./phone.js";

const PATIENCE = 10_000;
const spoken = () => document.getElementById("spoken")?.dataset ?? {};

/** Say something about the connection, quietly; "" takes it away. */
export function tell(text) {
  const line = document.getElementById("connection");
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
}

/** Show at each stop what waits to be sent of it. */
export function showWaiting(items) {
  for (const place of document.querySelectorAll("[data-said-here]")) {
    const { stop } = place.closest("[data-stop]").dataset;
    const said = items.filter((item) => String(item.visit) === stop && item.label);
    place.hidden = said.length === 0;
    place.textContent = said.map((item) => spoken().waits.replace("{0}", item.label)).join(", ");
  }
}

/** Send one thing: "sent" with the answer, "kept" without a connection, "signed out", "refused". */
async function send(item, token) {
  const body = new URLSearchParams({ ...item.fields, client_id: item.id, noted_at: item.noted_at });
  let answer;
  try {
    answer = await fetch(item.path, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRF-Token": token },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { came: "kept" };
  }
  if (answer.ok) return { came: "sent", answer: await answer.json() };
  if (answer.status === 401) return { came: "signed out" };
  if (answer.status >= 500 || answer.status === 429) return { came: "kept" };
  return { came: answer.status === 403 ? "forbidden" : "refused" };
}

/** Ask the server who is signed in here and what today's round is; null without an answer. */
export async function askRound() {
  try {
    const answer = await fetch("/today/round", {
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.ok) return await answer.json();
    return answer.status === 401 ? { account: "" } : null;
  } catch {
    return null;
  }
}

/** Send all that waits for the account, one tab at a time; returns how many went out, and where
 * something else stands than was said (a colleague was faster). */
export async function sendWaiting({ account, csrf }) {
  const work = async () => {
    const done = { sent: 0, differs: "" };
    for (const item of await waitingOf(account)) {
      if (item.refused) continue;
      const { came, answer } = await send(item, csrf);
      if (came === "sent") {
        await removeWaiting(item.id);
        done.sent += 1;
        if (answer.differs) done.differs = answer.address;
      } else if (came === "refused" || came === "forbidden") {
        await addWaiting({ ...item, refused: true });
      } else {
        break;
      }
    }
    return done;
  };
  return navigator.locks ? navigator.locks.request("thuisronde-sending", work) : work();
}

async function say(form, button) {
  const account = document.body.dataset.account;
  const fields = Object.fromEntries(new FormData(form, button));
  const token = fields.csrf_token ?? "";
  delete fields.csrf_token;
  const item = {
    id: newId(),
    account,
    path: new URL(form.action).pathname,
    visit: form.dataset.visit,
    fields,
    noted_at: new Date().toISOString(),
    label: button?.dataset.label ?? "",
  };
  // What was said of the same visit and has not gone out yet is taken back: the last word counts.
  for (const earlier of await waitingOf(account)) {
    if (earlier.path === item.path) await removeWaiting(earlier.id);
  }
  await addWaiting(item);
  const work = () => send(item, token);
  const { came, answer } = navigator.locks
    ? await navigator.locks.request("thuisronde-sending", work)
    : await work();
  if (came === "kept" || came === "signed out") {
    document.getElementById("how")?.close();
    tell(came === "kept" ? spoken().kept : spoken().signIn);
    showWaiting(await waitingOf(account));
    return;
  }
  await removeWaiting(item.id);
  if (came === "sent") {
    location.assign(answer.address);
  } else {
    location.reload();
  }
}

// First tap: the sheet. Second tap: said.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-how]");
  const sheet = document.getElementById("how");
  if (opener && sheet) {
    event.preventDefault();
    const form = sheet.querySelector("form");
    form.action = `/today/visits/${opener.dataset.how}`;
    form.dataset.visit = opener.dataset.how;
    sheet.querySelector("[data-how-who]").textContent = opener.dataset.who ?? "";
    sheet.showModal();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-said]") || form.dataset.plain) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "true";
  const button = event.submitter;
  say(form, button)
    .catch(() => {
      // This browser keeps nothing: send the form as forms are sent.
      form.dataset.plain = "true";
      form.requestSubmit(button);
    })
    .finally(() => delete form.dataset.busy);
});
