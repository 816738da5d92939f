"""The demonstration's teams and its twenty-one workers: disciplines, contracts, hours, ways."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

import msgspec

from service.demo.model import DemoTeam, DemoWorker
from service.demo.names import people_names
from service.teams.states import Discipline, Gender, TeamKind, TravelMode

ACT, ICM, HOUSING, MANAGEMENT = "ACT", "ICM", "HOUS", "MGMT"
NEWCOMER = "W17"

TEAM_LEADS: Mapping[str, str] = {ACT: "W01", ICM: "W10"}
"""The worker who leads each support team."""

HOUSING_OFFICERS = ("W18", "W19")
COORDINATORS = ("W20",)
ADMINISTRATOR = "W21"

_DAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_FULL = "mon tue wed thu fri"


_CARE = ["social_worker", "nurse", "educator", "psychologist", "peer_worker"]
_STANDBY = (
    {
        "kind": "evening",
        "weekdays": [1, 2, 3, 4, 5],
        "from_minute": 1020,
        "to_minute": 1320,
        "disciplines": _CARE,
        "on_holidays": "never",
    },
    {
        "kind": "weekend",
        "weekdays": [6, 7],
        "from_minute": 540,
        "to_minute": 1320,
        "disciplines": _CARE,
        "on_holidays": "also",
    },
)
"""ACT can be reached seven days: evenings until 22:00, weekends and holidays from 9:00."""


def _hours(
    days: str, *, start: int = 540, end: int = 1020, week: int = 0
) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((week, _DAYS[day], start, end) for day in days.split())


def teams() -> tuple[DemoTeam, ...]:
    """ACT and ICM, planned by the clock; the housing team; management."""
    return (
        _team(
            ACT,
            "Team ACT",
            TeamKind.ACT,
            "base-act",
            meeting=((1, 3, 5), 540, 570),
            duties=_STANDBY,
        ),
        _team(ICM, "Team ICM", TeamKind.ICM, "base-icm", meeting=((2,), 540, 660)),
        _team(HOUSING, "Team Logement-Wonen", TeamKind.HOUSING, "base-act"),
        _team(MANAGEMENT, "Direction", TeamKind.MANAGEMENT, "base-act"),
    )


def workers(rng: Random, *, year: int, today: date) -> tuple[DemoWorker, ...]:
    """The workers, codes W01 to W21, with names by chance; `year` is the last full one.

    All but the intern and the newcomer have worked here since before that year.
    """
    rows = _rows()
    names = people_names(rng, [row.gender for row in rows])
    lately = {"W09": today - timedelta(days=75), NEWCOMER: today - timedelta(days=40)}
    made = []
    for row, (first, last) in zip(rows, names, strict=True):
        since = date(year - rng.randrange(1, 9), rng.randrange(1, 13), 1)
        since = lately.get(row.code, since)
        made.append(replace(row, first_name=first, last_name=last, employed_from=since))
    return tuple(made)


def _team(
    code: str,
    name: str,
    kind: TeamKind,
    base: str,
    *,
    meeting: tuple[tuple[int, ...], int, int] | None = None,
    duties: Sequence[Mapping[str, object]] = (),
) -> DemoTeam:
    """A team whose policy names only what differs from the default of its kind."""
    policy: dict[str, object] = {}
    if meeting is not None:
        weekdays, start, end = meeting
        policy = {
            "planned": True,
            "meetings": [{"weekdays": weekdays, "from_minute": start, "to_minute": end}],
        }
    if duties:
        policy["duties"] = duties
        policy["days_shown"] = list(range(1, 8))
    encoded = msgspec.json.encode(policy).decode()
    return DemoTeam(code=code, name=name, kind=kind, base=base, policy=encoded)


def _rows() -> list[DemoWorker]:
    """The workers without their names and first days."""
    f, m, x = Gender.FEMALE, Gender.MALE, Gender.OTHER
    bike, car, walk = TravelMode.BIKE, TravelMode.CAR, TravelMode.WALK
    d = Discipline
    late = partial(_hours, start=570)
    early = _hours(_FULL, start=480, end=960)
    saturday = _hours("tue wed thu fri") + _hours("sat", start=600, end=840)
    even_odd = (
        *_hours("mon tue wed thu fri", week=0),
        *_hours("tue wed thu fri", week=1),
        *_hours("sat", start=600, end=840, week=1),
    )
    part_time = _hours("mon tue thu")
    return [
        _row("W01", d.SOCIAL_WORKER, f, "fr nl en", ACT, _hours(_FULL), 100, 10, most=2),
        _row("W02", d.NURSE, f, "fr nl", ACT, _hours("mon tue thu fri"), 80, 25, mode=bike),
        _row("W03", d.NURSE, m, "fr en ar", ACT, even_odd, 100, 18, weeks=2),
        _row("W04", d.SOCIAL_WORKER, m, "nl fr en", ACT, early, 100, 18, mode=bike),
        _row("W05", d.PSYCHOLOGIST, f, "fr es", ACT, late("tue wed thu"), 50, 25, most=2),
        _row(
            "W06", d.PSYCHIATRIST, m, "fr nl en", f"{ACT} {ICM}", _hours("mon thu"), 40, 20,
            mode=car, most=2,
        ),
        _row("W07", d.PEER_WORKER, m, "fr ar", ACT, _hours("mon wed thu"), 60, 20, most=2),
        _row("W08", d.EDUCATOR, f, "fr nl tr", ACT, saturday, 80, 14, most=2),
        _row(
            "W09", d.INTERN, f, "fr en", ACT, part_time, 60, 20, alone=False, second=False,
        ),
        _row("W10", d.SOCIAL_WORKER, f, "fr nl", ICM, _hours("mon tue thu fri"), 80, 12, most=2),
        _row("W11", d.SOCIAL_WORKER, m, "fr en pt", ICM, early, 100, 16, mode=bike),
        _row("W12", d.SOCIAL_WORKER, f, "fr ar", ICM, _hours("mon tue wed thu"), 80, 20, most=2),
        _row("W13", d.NURSE, f, "nl fr", ICM, late("tue wed thu fri"), 80, 16, most=2),
        _row("W14", d.EDUCATOR, m, "fr nl pl", ICM, _hours(_FULL), 100, 15, dogs=False, most=2),
        _row("W15", d.PEER_WORKER, f, "fr", ICM, late("mon tue fri"), 50, 16, most=2),
        _row("W16", d.PSYCHOLOGIST, m, "fr nl en", ICM, part_time, 60, 15, mode=walk, most=2),
        _row(
            NEWCOMER, d.SOCIAL_WORKER, x, "fr en es", ICM, _hours(_FULL), 100, 20,
            alone=False, second=False,
        ),
        _row("W18", d.HOUSING_OFFICER, f, "fr nl", HOUSING, _hours(_FULL), 100, 40),
        _row("W19", d.HOUSING_OFFICER, m, "nl fr en", HOUSING, _hours("mon tue wed"), 50, 40),
        _row("W20", d.COORDINATOR, f, "fr nl en", MANAGEMENT, _hours(_FULL), 100, 0),
        _row("W21", d.COORDINATOR, m, "nl fr", MANAGEMENT, part_time, 60, 0),
    ]  # fmt: skip


def _row(
    code: str,
    discipline: Discipline,
    gender: Gender,
    languages: str,
    of_teams: str,
    hours: tuple[tuple[int, int, int, int], ...],
    contract: int,
    share: int,
    *,
    mode: TravelMode = TravelMode.TRANSIT,
    most: int = 3,
    alone: bool = True,
    second: bool = True,
    dogs: bool = True,
    weeks: int = 1,
) -> DemoWorker:
    return DemoWorker(
        code=code,
        discipline=discipline,
        gender=gender,
        languages=tuple(languages.split()),
        teams=tuple(of_teams.split()),
        hours=hours,
        contract_percent=contract,
        visiting_share_percent=share,
        skills=("injections",) if discipline is Discipline.NURSE else (),
        cycle_weeks=weeks,
        may_go_alone=alone,
        counts_as_second=second,
        no_dogs=not dogs,
        travel_mode=mode,
        max_visits_per_day=most,
        first_name="",
        last_name="",
        employed_from=date.min,
    )
