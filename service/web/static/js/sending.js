// Sending what was said: each thing once, one tab at a time, and no longer than one has patience.

import { addWaiting, removeWaiting, waitingOf } from "./phone.js";

const PATIENCE = 10_000;

/** A signal that ends a request which takes too long, also where browsers know only the long way. */
function patience() {
  if (AbortSignal.timeout) return AbortSignal.timeout(PATIENCE);
  const ending = new AbortController();
  setTimeout(() => ending.abort(), PATIENCE);
  return ending.signal;
}

/** Do something while no other tab sends. */
export function alone(work) {
  return navigator.locks ? navigator.locks.request("thuisronde-sending", work) : work();
}

/** Send one thing: "sent" with the answer, "kept" without a connection, "signed out", "forbidden",
 * "refused". */
export async function send(item, token) {
  const body = new URLSearchParams({ ...item.fields, client_id: item.id, noted_at: item.noted_at });
  let answer;
  try {
    answer = await fetch(item.path, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRF-Token": token },
      body,
      signal: patience(),
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
      signal: patience(),
    });
    if (answer.ok) return await answer.json();
    return answer.status === 401 ? { account: "" } : null;
  } catch {
    return null;
  }
}

/** Send all that waits for the account; returns how many went out, and where something else stands
 * than was said (a colleague was faster). */
export function sendWaiting({ account, csrf }) {
  return alone(async () => {
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
  });
}
