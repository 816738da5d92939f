// Saying how a visit went, or that there was a contact: in two taps, kept first and sent then, once,
// whatever the connection. A contact with somebody who is not in today's round is never kept.

import { addWaiting, newId, removeWaiting, waitingOf } from "./phone.js";
import { alone, send } from "./sending.js";

const SLOW = 1_500; // longer than this nobody stands in the rain before an open sheet
const spoken = () => document.getElementById("spoken")?.dataset ?? {};

function quietButton(text, name, value = "") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet button-small";
  button.dataset[name] = value;
  button.textContent = text;
  return button;
}

/** Say something about the connection, quietly; "" takes it away. */
export function tell(text, ...beside) {
  const line = document.getElementById("connection");
  if (!line) return;
  line.replaceChildren(text, ...beside);
  line.hidden = !text;
}

/** Say that something was refused, until it was read. */
export function tellRefused() {
  tell(spoken().refused, " ", quietButton(spoken().understood, "forgetsRefused"));
}

/** Show at each stop what waits to be sent of it, each with a way to take it back. */
export function showWaiting(items) {
  for (const place of document.querySelectorAll("[data-said-here]")) {
    const { stop } = place.closest("[data-stop]").dataset;
    const said = items.filter((item) => String(item.visit) === stop && item.label);
    place.hidden = said.length === 0;
    place.replaceChildren(
      ...said.flatMap((item) => {
        const words = document.createElement("span");
        words.textContent = spoken().waits.replace("{0}", item.label);
        return [words, quietButton(spoken().takesBack, "takesBack", item.id)];
      }),
    );
  }
}

/** What a form says, with the button that was tapped; older browsers leave the button out. */
function saidIn(form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  const { csrf_token: token = "", client_id: id = newId(), whom, ...fields } =
    Object.fromEntries(data);
  const contact = form.dataset.said === "contact";
  const visit = whom ?? form.dataset.visit ?? "";
  const chosen = form.querySelector("input[data-label]:checked")?.dataset.label;
  const item = {
    id,
    account: document.body.dataset.account,
    path: contact && visit ? `/today/visits/${visit}/contact` : new URL(form.action).pathname,
    visit,
    fields,
    noted_at: new Date().toISOString(),
    label: [chosen, button?.dataset.label].filter(Boolean).join(", "),
  };
  return { item, token, contact };
}

/** Keep it; of one visit the last word counts, while contacts stand beside each other. */
async function keep(item, contact) {
  if (!contact) {
    for (const earlier of await waitingOf(item.account)) {
      if (earlier.path === item.path) await removeWaiting(earlier.id);
    }
  }
  await addWaiting(item);
}

async function say(form, button) {
  const { item, token, contact } = saidIn(form, button);
  const keeps = Boolean(item.visit);
  if (keeps) await keep(item, contact);
  let shown = false;
  const slow = setTimeout(() => {
    shown = keeps;
    if (keeps) stayKept(form, "kept");
  }, SLOW);
  const { came, answer } = await alone(() => send(item, token));
  clearTimeout(slow);
  if (came === "sent") {
    if (keeps) await removeWaiting(item.id);
    if (shown && document.querySelector("dialog[open]")) showWaiting(await waitingOf(item.account));
    else location.assign(answer.address);
  } else if (came === "refused" && shown) {
    await addWaiting({ ...item, refused: true });
    tellRefused();
  } else if (came === "refused" || (!keeps && came !== "kept")) {
    // The page of the form says why, with all that was typed.
    if (keeps) await removeWaiting(item.id);
    sendPlainly(form, button);
  } else if (came === "forbidden") {
    // This page is too old to send; the one that is loaded now sends what waits.
    location.reload();
  } else if (!keeps) {
    tell(spoken().needs);
  } else if (!shown || came !== "kept") {
    await stayKept(form, came);
  }
}

/** Show that it is kept, and let the next thing be said. */
async function stayKept(form, came) {
  const sheet = form.closest("dialog");
  if (sheet) {
    sheet.close();
    form.reset();
    delete form.dataset.busy;
  } else if (form.dataset.said === "contact" && navigator.serviceWorker?.controller) {
    location.assign("/today");
    return;
  }
  tell(came === "kept" ? spoken().kept : spoken().signIn);
  showWaiting(await waitingOf(document.body.dataset.account));
}

/** Send the form as forms are sent. */
function sendPlainly(form, button) {
  form.dataset.plain = "true";
  form.requestSubmit(button);
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

document.addEventListener("click", async (event) => {
  const { account } = document.body.dataset;
  const back = event.target.closest("[data-takes-back]");
  if (back) {
    const stop = back.closest("[data-stop]");
    await alone(() => removeWaiting(back.dataset.takesBack));
    showWaiting(await waitingOf(account));
    stop.querySelector("[data-how]")?.focus();
  }
  if (event.target.closest("[data-forgets-refused]")) {
    const refused = (await waitingOf(account)).filter((item) => item.refused);
    for (const item of refused) await removeWaiting(item.id);
    showWaiting(await waitingOf(account));
    tell("");
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
    .catch(() => sendPlainly(form, button)) // this browser keeps nothing
    .finally(() => delete form.dataset.busy);
});
