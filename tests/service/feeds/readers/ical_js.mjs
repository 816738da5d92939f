// Reads calendars (a JSON list on standard input) with ical.js and prints what it finds in each.
import { readFileSync } from "node:fs";
import ICAL from "../vendor/ical.mjs";

const seconds = (time) => time.toJSDate().getTime() / 1000;

function events(calendar) {
  const component = new ICAL.Component(ICAL.parse(calendar));
  return component.getAllSubcomponents("vevent").map((each) => {
    const event = new ICAL.Event(each);
    return [
      event.uid,
      seconds(event.startDate),
      seconds(event.endDate),
      Number(event.sequence ?? 0),
      each.getFirstPropertyValue("status"),
      event.summary,
      event.location ?? "",
    ];
  });
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(events)));
