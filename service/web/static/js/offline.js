// The page of a phone without a connection: today's round as it was kept, and how it went.

import { readRound, waitingOf, wipeRound } from "./phone.js";
import { showWaiting, tell } from "./saying.js";

const LONGEST_WAIT = 2 ** 31 - 1;
const page = document.querySelector(".day-page");
const language = page.dataset.language;
const words = document.getElementById("words").dataset;

const time = (text) =>
  new Date(text).toLocaleTimeString("nl-BE", {
    hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels",
  });
const inLanguage = ([dutch, french]) => (language === "nl" ? dutch : french);

function put(place, text) {
  place.hidden = !text;
  (place.querySelector("span") ?? place).textContent = text;
}

function stopOf(stop) {
  const item = document.getElementById("stop").content.cloneNode(true);
  const at = (name) => item.querySelector(`[data-${name}]`);
  item.querySelector("[data-stop]").dataset.stop = stop.visit;
  at("from").textContent = time(stop.starts_at);
  at("to").textContent = time(stop.ends_at);
  at("tenant").textContent = stop.tenant;
  put(at("with"), stop.partners.length ? words.with.replace("{0}", stop.partners.join(", ")) : "");
  at("where").textContent = `${inLanguage(stop.street)}, ${inLanguage(stop.town)}`;
  put(at("access"), stop.access);
  at("dog").hidden = !stop.dog;
  at("pair").hidden = !stop.pair;
  const how = item.querySelector("a[data-how]");
  how.href = `/today/visits/${stop.visit}`;
  how.dataset.how = stop.visit;
  how.dataset.who = stop.tenant;
  if (stop.outcome) {
    const name = stop.outcome.replace(/_(\w)/g, (_all, letter) => letter.toUpperCase());
    put(at("outcome"), words[name]);
    how.closest("p").remove();
  }
  return item;
}

async function show() {
  const round = await readRound();
  document.getElementById("nothing").hidden = Boolean(round);
  if (!round) return;
  document.body.dataset.account = round.account;
  document.querySelector("[data-day-name]").textContent = `, ${new Date(
    `${round.day}T12:00:00`,
  ).toLocaleDateString(`${language}-${language === "en" ? "GB" : "BE"}`, { weekday: "long", day: "numeric", month: "long" })}`;
  document.getElementById("stops").append(...round.stops.map(stopOf));
  document.getElementById("until").hidden = false;
  tell(document.getElementById("spoken").dataset.gone);
  showWaiting(await waitingOf(round.account));
  const left = Date.parse(round.until) - Date.now();
  setTimeout(() => wipeRound().then(() => location.reload()), Math.min(left, LONGEST_WAIT));
}

window.addEventListener("online", () => location.reload());
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-reloads]")) location.reload();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
});
show();
