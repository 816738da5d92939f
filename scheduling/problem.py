"""The planner's frozen input: a team's week in codes and integers, and what its rules mean.

Time. A *day* is an index from 0 (the Monday `Problem.week`) to `days - 1`. A *minute* counts from
local midnight of its day, 0 to `Problem.day_end`: 1440, or more where work goes on after midnight
(minute 1500 of Monday is 1:00 in the night to Tuesday, and belongs to Monday). An interval is
half-open: `[start, end)`. Every minute in a problem is a multiple of `Problem.grid`; so are
durations and travel minutes. Moments of different days compare as day * 1440 + minute.

Seats. A visit starts when its first seat does. Seat i of a placement lasts
`[start + offsets[i], start + offsets[i] + m)`, m being `Seat.minutes` or else `Visit.minutes`; no
`offsets` are offsets of zero. Its worker is there for that interval: "the visit" of a worker below
is the worker's seat. The visit as a whole (overlap, resources) lasts from its first start to its
last end.

Walking. A *lane* is one interval of a worker's working time on one day: the day's `shifts` minus
the day's `absences`, merged where they touch (`lanes`). Each lane is walked on its own, from the
worker's base at its start back to the base by its end. Its *stops* are the visits placed inside it
(each seat must lie wholly inside one lane of its worker) and the worker's `busy` times, clipped to
the lane, ordered by start. From stop to stop the worker needs the travel minutes from where the one
ends to where the next begins, in their mode:

    base --leg--> stop 1 --leg--> stop 2 ... stop n --leg--> base

and each next start >= previous end + leg, the last being the lane's end. The way from the base to
the first stop begins at the lane's start at the earliest. A lane that holds no visit is not walked:
it costs nothing and breaks nothing, its busy times included.

Lunch (`Problem.lunch`) is due in a walked lane when, with a, b the lane's bounds and L the lunch,
2a < L.start + L.end - L.minutes and 2b > L.start + L.end + L.minutes (for 11:30-14:00 and 30
minutes: the lane begins before 12:30 and ends after 13:00). It fits between two consecutive stops
(base at a and base at b count as stops of length zero) that end at e and start at s, with `leg`
minutes to go in between, when s - e >= leg + L.minutes and max(e, L.start) + L.minutes <= min(s,
L.end). It is taken in the first gap where it fits; a lane where it is due and fits nowhere is a
breach.

Hard rules (breach codes; `check` judges each): `seats` number of workers = number of seats, all
different, each fits the seat at its position; `after` seats begin as `Seat.after` asks; `alone` a
visit of one seat needs a worker who `may_go_alone`; a visit of more seats needs at least one such
worker, and at most `learners` of its workers do not `count_as_second`; `exclusion` no worker in the
tenant's or a place's `excluded` (the visit's place, pick-up and end place), no worker with
`no_dogs` where `dogs`; `gender` with `gender_hard` every worker has the tenant's wished `gender`;
`shift` each seat inside one lane of its worker; `travel` the walk above, busy times included;
`lunch`; `window` (see `Visit`); `fixed` (also `fixed_day`); `past` no start before `now` unless
pinned with a day and a start; `limit` at most `max_visits` visits per worker and day (visits
`exempt_from_limits` are not counted); `visiting` a worker's minutes of visits in the week <=
`visiting_limit`; `spacing` (see `Visit.gap_days`); `overlap` no two placed visits of a tenant share
a minute (of any days); `distinct` (see `Tenant.max_distinct`); `reserve` (see `Problem.reserve`);
`resource` at any minute (of any day) at most `count` placed visits that need the resource; `pin` a
pinned visit, if placed, agrees with its pin; `grid` all seats start on the grid; `once` each visit
is in a plan once, placed or unplaced; `duty` and `rest` (see `Duty`). `unknown` codes in a plan and
malformed days are breaches too. No visit *must* be placed: leaving out costs. A weight turns
`limit`, `visiting`, `reserve`, `distinct` or `spacing` into a soft rule of the same name, which
then breaches nothing. Soft rules and their formulas: `scheduling.weights`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from scheduling.codes import Code
from scheduling.duty import Duty, Staffed
from scheduling.ways import Matrix, Mode, ModeMinutes, ModeSpeed, StraightLine
from scheduling.weights import Weights
from scheduling.windows import Interval, subtract, union

__all__ = [
    "SCHEMA_VERSION",
    "After",
    "Busy",
    "Code",
    "Duty",
    "Lunch",
    "Matrix",
    "Mode",
    "ModeMinutes",
    "ModeSpeed",
    "Pin",
    "Place",
    "Placement",
    "Priority",
    "Problem",
    "Resource",
    "Seat",
    "Slot",
    "Staffed",
    "StraightLine",
    "Tenant",
    "Visit",
    "Windows",
    "Worker",
    "busy_stops",
    "lanes",
    "lunch_due",
    "minutes_of",
    "shortest",
]

SCHEMA_VERSION = 1

Windows = tuple[tuple[Interval, ...], ...]
"""Per day (exactly `days` entries) the intervals of that day; an empty entry is a day without any.
Intervals of a day that touch or overlap count as one."""


class Priority(StrEnum):
    """How much a visit is asked for; the weights give each a price of being left out."""

    MUST = "must"
    SHOULD = "should"
    WANT = "want"


class Slot(NamedTuple):
    """A day and a start in minutes after midnight."""

    day: int
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lunch:
    """`minutes` of rest somewhere in `[start, end)`; when and where: see the module's text."""

    start: int
    end: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the map in micro-degrees; `excluded` workers never go there."""

    code: Code
    lat: int
    lon: int
    excluded: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A fixed stop that is no visit, such as a meeting. `place` None: the worker's base."""

    day: int
    start: int
    end: int
    place: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One worker's week.

    `max_visits` per day, None for no limit. `visiting_limit` (hard) caps the week's minutes of
    visits. `overload_after` is the week's minutes of visits after which `overload` is counted:
    whoever makes the problem computes the fair share and its tolerance (`scheduling.shares`); None
    counts nothing. `carried` is what earlier weeks left: positive when this worker did more than a
    fair share. For duties alone: `duty_minutes` are those done lately, `outside` is work that is
    not of this week or team, on days from -1 (the Sunday before) to `days` (the Monday after).
    """

    code: Code
    discipline: Code
    base: Code
    shifts: Windows
    mode: Mode = Mode.TRANSIT
    skills: tuple[Code, ...] = ()
    languages: tuple[Code, ...] = ()
    gender: Code | None = None
    absences: Windows | None = None
    busy: tuple[Busy, ...] = ()
    max_visits: int | None = None
    may_go_alone: bool = True
    counts_as_second: bool = True
    no_dogs: bool = False
    visiting_limit: int | None = None
    overload_after: int | None = None
    carried: int = 0
    duty_minutes: int = 0
    outside: tuple[Busy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """Whom visits are for: a tenant, or another subject (a group at a place, a partner).

    `windows`: when visits may take place. `distinct`: how many distinct workers the tenant should
    meet, counting `seen` (workers met lately); 0 for no rotation. `max_distinct` (hard): if any
    worker who is not in `seen` is placed with the tenant, the size of (`seen` united with all
    workers placed) <= `max_distinct`. `known`: workers ever met. `last_contact`: day index of the
    last contact before this week (negative; -1 is the Sunday before), for spacing. `new` is for
    people and reports only: it costs and forbids nothing.
    """

    code: Code
    place: Code
    windows: Windows
    languages: tuple[Code, ...] = ()
    gender: Code | None = None
    gender_hard: bool = False
    primary: Code | None = None
    backup: tuple[Code, ...] = ()
    wanted: tuple[Code, ...] = ()
    unwanted: tuple[Code, ...] = ()
    excluded: tuple[Code, ...] = ()
    distinct: int = 0
    max_distinct: int | None = None
    seen: tuple[Code, ...] = ()
    known: tuple[Code, ...] = ()
    last_contact: int | None = None
    new: bool = False


class After(NamedTuple):
    """A seat begins `least` to `most` minutes, both included, after the first seat's start."""

    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One worker a visit needs: of any of `disciplines` (empty: any), having all of `skills`.

    For `minutes` (None: the visit's). `after` None: with the first seat, as `After(0, 0)`; the
    first seat has none. It may be longer than the first seat lasts: one comes when the other has
    left.
    """

    disciplines: tuple[Code, ...] = ()
    skills: tuple[Code, ...] = ()
    minutes: int | None = None
    after: After | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit to place, with one worker in each of its `seats`, at one place; `minutes` long for
    each seat that has no minutes of its own, all at once but for seats that come `after`.

    Where: `place` (None: the tenant's). Workers arrive at `pick_up` (None: place) and leave from
    `end_place` (None: place); the way in between is part of `minutes`. A safety flag is two seats.

    When: each seat wholly inside a window of the tenant and, if `windows` is given, wholly inside
    one of the visit's own on that day; on `fixed_day` if given. `fixed` is an appointment from
    outside: the first seat starts exactly there, and then no window is asked. Nor is any asked of a
    visit pinned with a day and a start: a person has arranged it.

    `gap_days`: two visits of a tenant, neither `exempt_from_spacing`, are at least max(gap_days of
    both) days apart (0 on both allows one day), and a visit that is not exempt is at least its
    `gap_days` after `Tenant.last_contact`.

    `preferred_until`: latest start of a seat without `lateness`; `preferred`: windows in which the
    first seat costs no `preferred_slot`. `resources`: codes of `Problem.resources`, one unit of
    each, from first start to last end. `kind` is for people.
    """

    code: Code
    tenant: Code
    minutes: int
    kind: Code = "home_visit"
    priority: Priority = Priority.SHOULD
    overdue_days: int = 0
    seats: tuple[Seat, ...] = (Seat(),)
    learners: int = 0
    place: Code | None = None
    pick_up: Code | None = None
    end_place: Code | None = None
    windows: Windows | None = None
    fixed: Slot | None = None
    fixed_day: int | None = None
    gap_days: int = 1
    exempt_from_spacing: bool = False
    exempt_from_limits: bool = False
    preferred_until: int | None = None
    preferred: Windows | None = None
    dogs: bool = False
    promised: bool = False
    resources: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something visits need that exists `count` times: a car, an interpreter, a room."""

    code: Code
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Held by a person: on `day`, at `start`, with exactly `workers` (a set); None is open."""

    visit: Code
    day: int | None = None
    start: int | None = None
    workers: tuple[Code, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One visit in its place: `workers[i]` takes the visit's `seats[i]`, from `start + offsets[i]`.

    `start` is the first seat's; `offsets` empty: all zero.
    """

    visit: Code
    day: int
    start: int
    workers: tuple[Code, ...]
    offsets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One team's week to plan.

    References to places, tenants, resources and pinned workers must exist here. Other workers named
    (primary, backup, wanted, unwanted, excluded, seen, known, published) need not exist here.
    `lunch` None: no lunch. Travel minutes come from `matrix` when given, else from `straight_line`.
    `now`: day * 1440 + minute of the moment of planning, None before the week. `published`: the
    plan people already have. `reserve`: per day (empty: none), minutes of the team's time to leave
    unplanned: on a day with any placed visit, the sum over all workers' lanes of (length - busy
    times inside - lunch's minutes if lunch would be due), minus the minutes of placed visits (each
    seat's) and minus all legs, is >= the reserve. `day_end`: the last minute a day may reach; where
    it is more than 1440, a worker's first lane of a day begins at least 1440 minutes after the end
    of the last one of the day before. `duties` are staffed before any visit is planned; what a plan
    says of them counts (`Plan.duties`), whoever had them. `kind` and `policy` are for people.
    """

    schema: int = SCHEMA_VERSION
    week: date
    days: int = 7
    grid: int = 5
    kind: Code = "act"
    policy: Code = "default"
    lunch: Lunch | None = None
    now: int | None = None
    places: tuple[Place, ...] = ()
    workers: tuple[Worker, ...] = ()
    tenants: tuple[Tenant, ...] = ()
    visits: tuple[Visit, ...] = ()
    resources: tuple[Resource, ...] = ()
    straight_line: StraightLine = field(default_factory=StraightLine)
    matrix: Matrix | None = None
    pins: tuple[Pin, ...] = ()
    published: tuple[Placement, ...] | None = None
    reserve: tuple[int, ...] = ()
    day_end: int = 1440
    duties: tuple[Duty, ...] = ()
    weights: Weights = field(default_factory=Weights)


def minutes_of(visit: Visit, seat: int) -> int:
    """How long a seat of the visit lasts."""
    own = visit.seats[seat].minutes
    return visit.minutes if own is None else own


def shortest(visit: Visit) -> int:
    """Minutes from the first start to the last end when everybody comes as soon as allowed."""
    return max(
        (seat.after or After(0, 0)).least + minutes_of(visit, i)
        for i, seat in enumerate(visit.seats)
    )


def lanes(worker: Worker, day: int) -> tuple[Interval, ...]:
    """The worker's lanes of a day: shifts minus absences, merged and in order."""
    away = worker.absences[day] if worker.absences else ()
    return subtract(union(worker.shifts[day]), union(away))


def lunch_due(lunch: Lunch | None, lane: Interval) -> bool:
    """Whether lunch must be taken in a walked lane (the formula in the module's text)."""
    if lunch is None:
        return False
    middle = lunch.start + lunch.end
    return 2 * lane.start < middle - lunch.minutes and 2 * lane.end > middle + lunch.minutes


def busy_stops(worker: Worker, day: int, lane: Interval) -> Iterator[tuple[int, int, str]]:
    """The worker's busy times of a day clipped to a lane, by start: (start, end, place code)."""
    for busy in sorted(worker.busy, key=lambda b: (b.start, b.end)):
        start, end = max(busy.start, lane.start), min(busy.end, lane.end)
        if busy.day == day and start < end:
            yield start, end, busy.place or worker.base
