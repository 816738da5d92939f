<?php
// Reads calendars (a JSON list on standard input) with sabre/vobject, which Nextcloud reads with,
// and prints what it finds in each. The Debian release is older than the PHP it runs on, whose
// notices of that are kept out of the answer; and it leaves escaped signs of a text as they are.
error_reporting(0);
require 'Sabre/VObject/autoload.php';

function text(string $value): string {
    return str_replace(['\\\\', '\\,', '\\;'], ['\\', ',', ';'], $value);
}

function events(string $calendar): array {
    $found = [];
    foreach (Sabre\VObject\Reader::read($calendar)->select('VEVENT') as $event) {
        $found[] = [
            (string) $event->UID,
            $event->DTSTART->getDateTime()->getTimestamp(),
            $event->DTEND->getDateTime()->getTimestamp(),
            (int) (string) $event->SEQUENCE,
            (string) $event->STATUS,
            text((string) $event->SUMMARY),
            text((string) $event->LOCATION),
        ];
    }
    return $found;
}

echo json_encode(array_map('events', json_decode(file_get_contents('php://stdin'), true)));
