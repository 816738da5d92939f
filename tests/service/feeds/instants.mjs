// Reads a calendar from standard input with ical.js and prints each event's start and end.
import { readFileSync } from "node:fs";
import ICAL from "./vendor/ical.mjs";

const component = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
const events = component.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
const seconds = (time) => time.toJSDate().getTime() / 1000;
console.log(
  JSON.stringify(
    events.map((event) => [event.uid, seconds(event.startDate), seconds(event.endDate)]),
  ),
);
