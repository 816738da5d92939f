"""Invented problems for tests: small hand-made pieces, and random weeks with chosen features."""

import random
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from scheduling.clashes import pin_clashes
from scheduling.problem import (
    Busy,
    Lunch,
    Mode,
    Pin,
    Place,
    Placement,
    Priority,
    Problem,
    Resource,
    Seat,
    Slot,
    Tenant,
    Visit,
    Windows,
    Worker,
)
from scheduling.windows import Interval

MONDAY = date(2026, 11, 23)
LUNCH = Lunch(start=690, end=840, minutes=30)
DISCIPLINES = ("nurse", "social", "peer")
LANGUAGES = ("fr", "nl", "en", "ar")


class Feature(StrEnum):
    """What a random problem may contain beyond visits, workers, windows and seats."""

    ABSENCES = "absences"
    MEETINGS = "meetings"
    EXCLUSIONS = "exclusions"
    GENDER = "gender"
    LEARNERS = "learners"
    LIMITS = "limits"
    SPACING = "spacing"
    DISTINCT = "distinct"
    RESERVE = "reserve"
    RESOURCES = "resources"
    PINS = "pins"
    PUBLISHED = "published"
    WISHES = "wishes"
    ENDS = "ends"
    NOW = "now"


ALL_FEATURES = frozenset(Feature)


def every_day(*intervals: tuple[int, int], days: int = 5) -> Windows:
    """The same intervals on each day."""
    return tuple(tuple(Interval(*i) for i in intervals) for _ in range(days))


def place(code: str, *, north: int = 0, east: int = 0, **more: Any) -> Place:
    """A place some hundreds of metres from the centre: one step is about 111 m north, 70 m east."""
    return Place(code=code, lat=50_850_000 + north * 1000, lon=4_350_000 + east * 1000, **more)


def worker(code: str, **more: Any) -> Worker:
    """A social worker who cycles from 'base', 9:00 to 17:00 on five days."""
    shifts = every_day((540, 1020))
    defaults: dict[str, Any] = {
        "discipline": "social",
        "base": "base",
        "shifts": shifts,
        "mode": Mode.BIKE,
    }
    return Worker(code=code, **(defaults | more))


def tenant(code: str, **more: Any) -> Tenant:
    """A tenant at home at 'home', 9:00 to 17:00 on five days."""
    defaults: dict[str, Any] = {"place": "home", "windows": every_day((540, 1020))}
    return Tenant(code=code, **(defaults | more))


def visit(code: str, **more: Any) -> Visit:
    """Half an hour with tenant 't1'."""
    defaults: dict[str, Any] = {"tenant": "t1", "minutes": 30}
    return Visit(code=code, **(defaults | more))


def problem(**more: Any) -> Problem:
    """Five days, no lunch, one base and one home about 1.1 km apart."""
    places = (place("base"), place("home", north=10))
    defaults: dict[str, Any] = {"week": MONDAY, "days": 5, "places": places}
    return Problem(**(defaults | more))


def random_problem(
    seed: int,
    *,
    workers: int = 3,
    tenants: int = 6,
    visits: int = 10,
    days: int = 5,
    features: frozenset[Feature] = ALL_FEATURES,
) -> Problem:
    """A valid random week: the same arguments give the same problem."""
    return _Builder(random.Random(seed), days=days, features=features).build(
        workers=workers, tenants=tenants, visits=visits
    )


def problems(
    *, max_workers: int = 4, max_tenants: int = 6, max_visits: int = 12
) -> st.SearchStrategy[Problem]:
    """Random valid problems that shrink to few people, few visits and few features."""
    return st.builds(
        random_problem,
        seed=st.integers(0, 10_000),
        workers=st.integers(0, max_workers),
        tenants=st.integers(1, max_tenants),
        visits=st.integers(0, max_visits),
        days=st.sampled_from([5, 7]),
        features=st.frozensets(st.sampled_from(Feature)),
    )


class _Builder:
    def __init__(self, rng: random.Random, *, days: int, features: frozenset[Feature]) -> None:
        self.rng, self.days, self.features = rng, days, features

    def chance(self, feature: Feature, percent: int) -> bool:
        return self.rng.randrange(100) < percent and feature in self.features

    def some(self, codes: list[str], most: int) -> tuple[str, ...]:
        return tuple(self.rng.sample(codes, min(len(codes), self.rng.randint(0, most))))

    def build(self, *, workers: int, tenants: int, visits: int) -> Problem:
        rng, has = self.rng, self.features
        team = [self.worker(f"w{i}") for i in range(workers)]
        codes = [w.code for w in team]
        places = [place("base"), place("office", north=-8, east=6)]
        people = []
        for i in range(tenants):
            excluded = self.some(codes, 1) if self.chance(Feature.EXCLUSIONS, 30) else ()
            spot = place(
                f"p{i}", north=rng.randint(-30, 30), east=rng.randint(-30, 30), excluded=excluded
            )
            places.append(spot)
            people.append(self.tenant(f"t{i}", spot.code, codes))
        asked = [self.visit(f"v{i}", rng.choice(people).code) for i in range(visits)]
        pinned = [v for v in asked if codes and self.chance(Feature.PINS, 15)]
        pins = [self.pin(v, codes) for v in pinned]
        published = None
        if Feature.PUBLISHED in has:
            published = tuple(
                self.placement(v, codes)
                for v in asked
                if len(v.seats) <= len(codes) and rng.random() < 0.5
            )
        week = Problem(
            week=MONDAY,
            days=self.days,
            lunch=LUNCH if rng.random() < 0.7 else None,
            now=1440 + 600 if Feature.NOW in has else None,
            places=tuple(places),
            workers=tuple(team),
            tenants=tuple(people),
            visits=tuple(asked),
            resources=(Resource(code="car", count=1),) if Feature.RESOURCES in has else (),
            pins=tuple(pins),
            published=published,
            reserve=(60,) * self.days if Feature.RESERVE in has else (),
        )
        let_go = {clash.visits[1] for clash in pin_clashes(week)}
        return replace(week, pins=tuple(pin for pin in pins if pin.visit not in let_go))

    def worker(self, code: str) -> Worker:
        rng = self.rng
        shifts: list[tuple[Interval, ...]] = []
        for _ in range(self.days):
            start, end = rng.choice([(540, 1020), (570, 1020), (540, 750), (780, 1200)])
            split = Interval(start, 720), Interval(780, end)
            shifts.append(split if end == 1020 and rng.random() < 0.1 else (Interval(start, end),))
            if rng.random() < 0.15:
                shifts[-1] = ()
        absences = None
        if self.chance(Feature.ABSENCES, 40):
            absences = tuple(
                rng.choice([(), (), (Interval(0, 1440),), (Interval(600, 700),)]) for _ in shifts
            )
        busy = [
            Busy(day=d, start=570, end=600, place=rng.choice([None, "office"]))
            for d in range(self.days)
            if self.chance(Feature.MEETINGS, 30)
        ]
        limits = Feature.LIMITS in self.features
        return Worker(
            code=code,
            discipline=rng.choice(DISCIPLINES),
            base="base",
            shifts=tuple(shifts),
            mode=rng.choice([Mode.BIKE, Mode.TRANSIT, Mode.WALK]),
            skills=tuple(s for s in ("driver", "injection") if rng.random() < 0.4),
            languages=self.some(list(LANGUAGES), 3),
            gender=rng.choice("fmx"),
            absences=absences,
            busy=tuple(busy),
            max_visits=rng.choice([None, 1, 2, 4]) if limits else None,
            visiting_limit=rng.choice([None, 120, 600]) if limits else None,
            may_go_alone=not self.chance(Feature.LEARNERS, 25),
            counts_as_second=not self.chance(Feature.LEARNERS, 25),
            no_dogs=self.chance(Feature.EXCLUSIONS, 20),
            overload_after=rng.choice([None, 60, 200]),
            carried=rng.choice([0, -30, 45]),
        )

    def tenant(self, code: str, home: str, codes: list[str]) -> Tenant:
        rng = self.rng
        kinds = [((540, 1020),), ((600, 780), (840, 960)), ((780, 1020),), (), ((540, 1020),)]
        windows = tuple(tuple(Interval(*i) for i in rng.choice(kinds)) for _ in range(self.days))
        wishes = Feature.WISHES in self.features
        gender = rng.choice("fm") if self.chance(Feature.GENDER, 50) else None
        primary = rng.choice(codes) if codes and wishes and rng.random() < 0.5 else None
        unwanted = self.some(codes, 1) if wishes else ()
        return Tenant(
            code=code,
            place=home,
            windows=windows,
            languages=tuple(rng.sample(LANGUAGES, rng.choice([0, 1, 2]))),
            gender=gender,
            gender_hard=gender is not None and rng.random() < 0.4,
            primary=primary,
            backup=tuple(c for c in self.some(codes, 1) if c != primary) if wishes else (),
            wanted=tuple(c for c in self.some(codes, 2) if c not in unwanted) if wishes else (),
            unwanted=unwanted,
            excluded=self.some(codes, 1) if self.chance(Feature.EXCLUSIONS, 30) else (),
            distinct=rng.choice([0, 2, 3]) if wishes else 0,
            max_distinct=rng.choice([None, 1, 2]) if Feature.DISTINCT in self.features else None,
            seen=self.some(codes, 2),
            known=self.some(codes, 2) if wishes else (),
            last_contact=rng.choice([None, -1, -5]) if Feature.SPACING in self.features else None,
        )

    def visit(self, code: str, of: str) -> Visit:
        rng = self.rng
        seats = tuple(self.seat() for _ in range(rng.choice([1, 1, 1, 2, 2, 3])))
        fixed = Slot(rng.randrange(self.days), 660) if rng.random() < 0.1 else None
        wishes = Feature.WISHES in self.features
        ends = Feature.ENDS in self.features
        spacing = Feature.SPACING in self.features
        mornings = every_day((540, 720), days=self.days)
        return Visit(
            code=code,
            tenant=of,
            minutes=rng.choice([20, 30, 45, 60, 90]),
            priority=rng.choice(list(Priority)),
            overdue_days=rng.choice([0, 0, 7]),
            seats=seats,
            learners=rng.randint(0, 1) if len(seats) > 1 else 0,
            pick_up="office" if ends and rng.random() < 0.1 else None,
            end_place="office" if ends and rng.random() < 0.1 else None,
            windows=every_day((600, 900), days=self.days) if rng.random() < 0.2 else None,
            fixed=fixed,
            fixed_day=rng.randrange(self.days) if not fixed and rng.random() < 0.1 else None,
            gap_days=rng.choice([0, 1, 2]) if spacing else 0,
            exempt_from_spacing=spacing and rng.random() < 0.2,
            exempt_from_limits=self.chance(Feature.LIMITS, 20),
            preferred_until=rng.choice([None, 660, 720]) if wishes else None,
            preferred=mornings if self.chance(Feature.WISHES, 30) else None,
            dogs=self.chance(Feature.EXCLUSIONS, 20),
            promised=wishes and rng.random() < 0.2,
            resources=("car",) if self.chance(Feature.RESOURCES, 40) else (),
        )

    def seat(self) -> Seat:
        roll = self.rng.random()
        if roll < 0.6:
            return Seat()
        if roll < 0.9:
            return Seat(disciplines=tuple(self.rng.sample(DISCIPLINES, self.rng.randint(1, 2))))
        return Seat(skills=("injection",))

    def placement(self, of: Visit, codes: list[str]) -> Placement:
        team = tuple(self.rng.sample(codes, len(of.seats)))
        start = self.rng.randrange(540, 960, 5)
        return Placement(
            visit=of.code, day=self.rng.randrange(self.days), start=start, workers=team
        )

    def pin(self, of: Visit, codes: list[str]) -> Pin:
        """Day, start or people, never contradicting the visit itself or another pin."""
        rng = self.rng
        team = None
        if len(of.seats) == 1 and rng.random() < 0.6:
            team = (rng.choice(codes),)
        if of.fixed is not None:
            return Pin(visit=of.code, day=of.fixed.day, start=of.fixed.start)
        day = of.fixed_day if of.fixed_day is not None else rng.randrange(self.days)
        # a start without people only: two pins of one worker must not overlap
        start = rng.randrange(600, 900, 5) if team is None and rng.random() < 0.5 else None
        return Pin(visit=of.code, day=day, start=start, workers=team)
