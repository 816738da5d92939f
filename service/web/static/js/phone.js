// What this phone keeps: today's round until midnight, and what waits to be sent. Nothing else.
// A round is one account's; whoever else opens a page here wipes it. What waits holds no name, no
// code and no address, and is sent for the account that said it alone.

const ROUND = "round";
const WAITING = "waiting";
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("thuisronde", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(ROUND);
      asked.result.createObjectStore(WAITING, { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function inStore(name, mode, work) {
  const transaction = (await database()).transaction(name, mode);
  const asked = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Keep today's round: {account, day, until, stops}. */
export function keepRound({ account, day, until, stops }) {
  return inStore(ROUND, "readwrite", (store) => store.put({ account, day, until, stops }, ROUND));
}

/** The round that is kept, if it is still today's; an older one is wiped first. */
export async function readRound() {
  const kept = await inStore(ROUND, "readonly", (store) => store.get(ROUND));
  if (!kept) return null;
  if (Date.now() < Date.parse(kept.until)) return kept;
  await wipeRound();
  return null;
}

/** Forget the round. */
export function wipeRound() {
  return inStore(ROUND, "readwrite", (store) => store.clear());
}

/** Forget what is not `account`'s, and what is not today's; "" stands for nobody. */
export async function guard(account) {
  const kept = await readRound();
  if (kept && kept.account !== account) await wipeRound();
}

/** Write down what is to be sent: {id, account, path, visit, fields, noted_at, label}. */
export function addWaiting(item) {
  return inStore(WAITING, "readwrite", (store) => store.put(item));
}

/** What waits for an account, oldest first. */
export async function waitingOf(account) {
  const all = await inStore(WAITING, "readonly", (store) => store.getAll());
  return all
    .filter((item) => item.account === account)
    .sort((a, b) => a.noted_at.localeCompare(b.noted_at));
}

/** It was sent: nothing of it stays. */
export function removeWaiting(id) {
  return inStore(WAITING, "readwrite", (store) => store.delete(id));
}

/** A name for one thing said, so that sending it twice has one effect. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
