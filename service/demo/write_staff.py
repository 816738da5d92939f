"""Writing the demonstration's teams and workers, their hours and absences."""

from collections.abc import Mapping

from service.demo.bulk import BulkWriter
from service.demo.calendar import CYCLE_START
from service.demo.model import Demo
from service.people.names import name_key

Ids = dict[str, int]


async def write_staff(writer: BulkWriter, demo: Demo, places: Mapping[str, int]) -> tuple[Ids, Ids]:
    """Write teams and workers with all that hangs on them; returns both by code."""
    teams = await writer.insert_keyed(
        "teams",
        {
            row.code: {
                "code": row.code,
                "name": row.name,
                "kind": row.kind,
                "base": places[row.base],
                "policy": row.policy,
                "version": 1,
                "active": True,
            }
            for row in demo.teams
        },
    )
    workers = await writer.insert_keyed(
        "workers",
        {
            row.code: {
                "code": row.code,
                "first_name": row.first_name,
                "last_name": row.last_name,
                "name_key": name_key(first=row.first_name, last=row.last_name),
                "discipline": row.discipline,
                "skills": list(row.skills),
                "languages": list(row.languages),
                "gender": row.gender,
                "contract_percent": row.contract_percent,
                "visiting_share_percent": row.visiting_share_percent,
                "may_go_alone": row.may_go_alone,
                "counts_as_second": row.counts_as_second,
                "no_dogs": row.no_dogs,
                "travel_mode": row.travel_mode,
                "max_visits_per_day": row.max_visits_per_day,
                "employed_from": row.employed_from,
                "employed_to": None,
                "version": 1,
            }
            for row in demo.workers
        },
    )
    await _write_hours(writer, demo, workers)
    await writer.insert(
        "team_memberships",
        [
            {
                "worker": workers[row.code],
                "team": teams[team],
                "starts_on": row.employed_from,
                "ends_on": None,
            }
            for row in demo.workers
            for team in row.teams
        ],
    )
    await writer.insert(
        "absences",
        [
            {
                "worker": workers[row.worker],
                "starts_at": row.starts_at,
                "ends_at": row.ends_at,
                "kind": row.kind,
            }
            for row in demo.absences
        ],
    )
    return teams, workers


async def _write_hours(writer: BulkWriter, demo: Demo, workers: Mapping[str, int]) -> None:
    patterns = await writer.insert_keyed(
        "working_patterns",
        {
            row.code: {
                "worker": workers[row.code],
                "starts_on": row.employed_from,
                "ends_on": None,
                "cycle_weeks": row.cycle_weeks,
                "cycle_starts_on": CYCLE_START,
            }
            for row in demo.workers
        },
    )
    await writer.insert(
        "working_hours",
        [
            {
                "pattern": patterns[row.code],
                "cycle_week": week,
                "weekday": weekday,
                "from_minute": start,
                "to_minute": end,
            }
            for row in demo.workers
            for week, weekday, start, end in row.hours
        ],
    )
