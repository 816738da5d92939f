// On every page: what this phone kept of another person, or of another day, goes.

import { guard, wipeRound } from "./phone.js";

guard(document.body.dataset.account ?? "").catch(() => {});

document.addEventListener("submit", (event) => {
  if (new URL(event.target.action).pathname.includes("sign-out")) wipeRound().catch(() => {});
});
