"""Duty slots as the board shows them: in their worker's row, or waiting for somebody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from scheduling.weeks import BRUSSELS
from service.rounds.types import BoardDuty
from service.teams.duties import DutyFacts, duties_in_week
from service.teams.facts import TeamFacts


async def board_duties(team: TeamFacts, week: date) -> tuple[BoardDuty, ...]:
    """The duties of a team's week, by start."""
    return tuple(_duty(slot) for slot in await duties_in_week(team, week))


def by_cell(duties: Iterable[BoardDuty]) -> Mapping[tuple[str, date], tuple[BoardDuty, ...]]:
    """The duties that somebody has, by worker and the day they begin on."""
    found: dict[tuple[str, date], list[BoardDuty]] = defaultdict(list)
    for duty in duties:
        if duty.worker is not None:
            found[duty.worker, duty.starts_at.astimezone(BRUSSELS).date()].append(duty)
    return {cell: tuple(mine) for cell, mine in found.items()}


def _duty(slot: DutyFacts) -> BoardDuty:
    return BoardDuty(
        key=slot.key,
        kind=slot.kind,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        visits=slot.visits,
        worker=slot.worker,
        published=slot.published,
    )
