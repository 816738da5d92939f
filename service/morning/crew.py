"""Reads who of a team is at work on a day: who goes, and in whose place somebody must be found."""

from dataclasses import dataclass
from datetime import date

from scheduling.weeks import monday_of
from service.teams.facts import TeamFacts
from service.teams.queries import workers_in_week


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewMember:
    """A worker (code) whose hours fall on the day; `away`: absent for all of it."""

    worker: str
    first_name: str
    away: bool


async def crew_of(team: TeamFacts, day: date) -> tuple[CrewMember, ...]:
    """Everybody of a team who works on a day, by first name; those who are away come last."""
    index = day.weekday()
    crew = [
        CrewMember(
            worker=week.worker.code,
            first_name=week.worker.first_name,
            away=not week.at_work[index],
        )
        for week in await workers_in_week(team, monday_of(day))
        if week.hours[index]
    ]
    return tuple(sorted(crew, key=lambda one: (one.away, one.first_name, one.worker)))
