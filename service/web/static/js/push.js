// Push to this device: asked for by a button, taken back by the list or by signing out.

import { isMine, SCOPE } from "./push-mine.js";

const part = document.querySelector("[data-push-key]");
const add = part?.querySelector("[data-push-add]");
const said = part?.querySelector("[data-push-said]");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) =>
    sign.charCodeAt(0),
  );
const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function send(path, fields) {
  const body = new URLSearchParams({ csrf_token: part.dataset.pushCsrf, ...fields });
  return fetch(path, { method: "POST", body, headers: { Accept: "application/json" } });
}

async function subscribe(registration) {
  if ((await Notification.requestPermission()) !== "granted") {
    said.textContent = said.dataset.refused;
    return;
  }
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(part.dataset.pushKey),
  });
  const answer = await send("/account/notices/browsers", {
    endpoint: subscription.endpoint,
    public_key: base64url(subscription.getKey("p256dh")),
    secret: base64url(subscription.getKey("auth")),
  });
  if (answer.ok) location.reload();
  else said.textContent = (await answer.json()).detail;
}

async function begin() {
  const workers = navigator.serviceWorker;
  if (!workers || !("PushManager" in globalThis) || !("Notification" in globalThis)) {
    said.textContent = said.dataset.without;
    return;
  }
  await workers.register("/push-worker.js", { scope: SCOPE });
  const registration = await workers.ready;
  if (await isMine(registration)) return;
  add.hidden = false;
  add.querySelector("button").addEventListener("click", () => subscribe(registration));
}

if (part) begin();
