// The page of a phone without a connection: today's round as it was kept, and how it went.

import { readRound, waitingOf, wipeRound } from "./phone.js";
import { showWaiting, tell } from "./saying.js";
import { askRound } from "./sending.js";

const LONGEST_WAIT = 2 ** 31 - 1;
const page = document.querySelector(".day-page");
const language = page.dataset.language;
const words = document.getElementById("words").dataset;
const spoken = document.getElementById("spoken").dataset;
const sheet = document.getElementById("contact");
const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);

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
  const address = `${inLanguage(stop.street)}, ${inLanguage(stop.town)}`;
  at("where").textContent = address;
  at("route").href = `${apple ? "maps://?daddr=" : "geo:0,0?q="}${encodeURIComponent(address)}`;
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

/** One choice for each tenant of the round, to say whom one met. */
function chooseAmong(stops) {
  const tenants = new Map(stops.map((stop) => [stop.tenant, stop]).reverse());
  sheet.querySelector("[data-whom]").replaceChildren(
    ...[...tenants.values()].reverse().map((stop) => {
      const choice = document.getElementById("whom").content.cloneNode(true);
      const input = choice.querySelector("input");
      input.value = stop.visit;
      input.dataset.code = stop.tenant;
      choice.querySelector("b").textContent = stop.tenant;
      choice.querySelector("small").textContent = inLanguage(stop.street);
      return choice;
    }),
  );
  document.querySelector("[data-contact]").hidden = false;
}

/** Who was on the way to record a contact goes on here, if this phone knows the tenant. */
function goOn() {
  const [, here, code] = location.pathname.match(/^\/today(\/contact)?(?:\/([^/]+))?$/) ?? [];
  if (!here) return;
  const choices = [...sheet.querySelectorAll("[data-code]")];
  const known = choices.find((one) => one.dataset.code === decodeURIComponent(code ?? ""));
  if (known) known.checked = true;
  if (choices.length && (known || !code)) sheet.showModal();
  else tell(spoken.needs);
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
  document.getElementById("none").hidden = round.stops.length > 0;
  document.getElementById("until").hidden = false;
  tell(spoken.gone);
  showWaiting(await waitingOf(round.account));
  if (round.stops.length) chooseAmong(round.stops);
  goOn();
  const end = Date.parse(round.until);
  setTimeout(forget, Math.min(end - Date.now(), LONGEST_WAIT));
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    if (Date.now() >= end) await forget();
    else if (!sheet.open && (await askRound())) location.reload();
  });
}

async function forget() {
  await wipeRound();
  location.reload();
}

window.addEventListener("online", () => location.reload());
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-reloads]")) location.reload();
  if (event.target.closest("[data-contact]")) sheet.showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
});
show();
