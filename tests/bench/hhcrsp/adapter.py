"""An instance of the home health care routing and scheduling problem as a problem, and back.

D. S. Mankowska, F. Meisel and C. Bierwirth, 'The home health care routing and scheduling problem
with interdependent services' (Health Care Management Science 17, 2014), in the JSON form of
S. Ceschia, L. Di Gaspero, R. M. Rosati and A. Schaerf (2024). A minute of the problem is a part of
the instance's minute (`Instance.parts`), so that decimals fit on a grid of whole numbers; the
solution's starts are then computed afresh from the rounds, in the instance's own numbers.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from scheduling.problem import (
    After,
    Matrix,
    Mode,
    ModeMinutes,
    Place,
    Placement,
    Problem,
    Seat,
    Tenant,
    Visit,
    Windows,
    Worker,
)
from scheduling.weights import Weights
from scheduling.windows import Interval

MONDAY = date(2026, 11, 23)
LONGEST = 28_800
"""Minutes that a problem of one day may have."""
HORIZON = 2880
"""Minutes of an instance in which its day is over, however late."""


@dataclass(frozen=True)
class Call:
    """One service of a patient: who may give it, how long, how long after the patient's first."""

    service: str
    minutes: Decimal
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class Patient:
    """One patient: row of the matrix, window, services in the order listed."""

    code: str
    row: int
    open: Decimal
    close: Decimal
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Instance:
    """One file. `parts`: how many minutes of the problem are one of the instance."""

    patients: tuple[Patient, ...]
    abilities: Mapping[str, frozenset[str]]
    distances: tuple[tuple[Decimal, ...], ...]
    parts: int

    def scaled(self, minutes: Decimal) -> int:
        """Minutes of the problem, to the nearest."""
        return int((minutes * self.parts).to_integral_value())


def read_instance(path: Path) -> Instance:
    """The file's content, its decimals exact."""
    raw = json.loads(path.read_bytes(), parse_float=Decimal, parse_int=Decimal)
    usual = {one["id"]: one.get("default_duration") for one in raw["services"]}
    patients = tuple(_patient(i, one, usual) for i, one in enumerate(raw["patients"]))
    distances = tuple(tuple(row) for row in raw["distances"])
    whole = all(
        number == number.to_integral_value() for number in chain(*distances, _times(patients))
    )
    horizon = max(HORIZON, 2 * int(max((p.close for p in patients), default=Decimal(0))))
    return Instance(
        patients=patients,
        abilities={one["id"]: frozenset(one["abilities"]) for one in raw["caregivers"]},
        distances=distances,
        parts=1 if whole else max(1, LONGEST // horizon),
    )


def problem_of(instance: Instance) -> Problem:
    """Cost: travel plus lateness of each service plus the largest lateness, in parts of minutes."""
    day_end = min(LONGEST, HORIZON * instance.parts)
    whole_day: Windows = ((Interval(0, day_end),),)
    rows = [[instance.scaled(minutes) for minutes in row] for row in instance.distances]
    places = [f"place{i}" for i in range(len(rows))]
    services = sorted({call.service for p in instance.patients for call in p.calls})
    return Problem(
        week=MONDAY,
        days=1,
        grid=1,
        day_end=day_end,
        places=tuple(Place(code=code, lat=0, lon=0) for code in places),
        workers=tuple(
            Worker(
                code=_worker(i),
                discipline="care",
                base=places[0],
                shifts=whole_day,
                mode=Mode.CAR,
                skills=tuple(
                    f"service{k}" for k, service in enumerate(services) if service in able
                ),
            )
            for i, able in enumerate(instance.abilities.values())
        ),
        tenants=tuple(
            Tenant(
                code=_tenant(i),
                place=places[patient.row],
                windows=((Interval(instance.scaled(patient.open), day_end),),),
            )
            for i, patient in enumerate(instance.patients)
        ),
        visits=tuple(
            Visit(
                code=_visit(i),
                tenant=_tenant(i),
                minutes=instance.scaled(patient.calls[0].minutes),
                seats=tuple(
                    _seat(instance, services, patient, k) for k in range(len(patient.calls))
                ),
                preferred_until=instance.scaled(patient.close),
            )
            for i, patient in enumerate(instance.patients)
        ),
        matrix=Matrix(
            places=tuple(places),
            tables=(ModeMinutes(mode=Mode.CAR, minutes=tuple(tuple(row) for row in rows)),),
        ),
        weights=Weights(unplaced_should=1_000_000, travel=1, lateness=1, largest_lateness=1),
    )


def solution_of(instance: Instance, placements: Iterable[Placement]) -> dict[str, Any]:
    """The rounds in the checker's format, everybody as early as can be.

    ValueError if rounds wait for each other in a circle.
    """
    placed = {placement.visit: placement for placement in placements}
    rounds: dict[str, list[tuple[int, Patient, int]]] = {who: [] for who in instance.abilities}
    names = {_worker(i): who for i, who in enumerate(instance.abilities)}
    for i, patient in enumerate(instance.patients):
        if _visit(i) in placed:
            one = placed[_visit(i)]
            for k, worker in enumerate(one.workers):
                start = one.start + (one.offsets[k] if one.offsets else 0)
                rounds[names[worker]].append((start, patient, k))
    sequences = {
        who: [(patient, k) for _, patient, k in sorted(stops, key=lambda stop: stop[0])]
        for who, stops in rounds.items()
    }
    starts = earliest(instance, sequences)
    return {
        "routes": [
            {
                "caregiver": who,
                "visits": [
                    {
                        "patient": patient.code,
                        "service": patient.calls[k].service,
                        "start": float(starts[patient.code, k]),
                    }
                    for patient, k in stops
                ],
            }
            for who, stops in sequences.items()
        ]
    }


def earliest(
    instance: Instance, sequences: Mapping[str, list[tuple[Patient, int]]]
) -> dict[tuple[str, int], Decimal]:
    """The earliest start of each call (patient, number), given who goes where in which order."""
    starts = {(p.code, k): p.open for stops in sequences.values() for p, k in stops}
    patients = {p.code: p for stops in sequences.values() for p, _ in stops}
    for _ in range(len(starts) + 1):
        before = dict(starts)
        for stops in sequences.values():
            row, free = 0, Decimal(0)
            for patient, k in stops:
                key = (patient.code, k)
                starts[key] = max(starts[key], free + instance.distances[row][patient.row])
                row, free = patient.row, starts[key] + patient.calls[k].minutes
        for code, patient in patients.items():
            for k, call in enumerate(patient.calls[1:], start=1):
                first, second = (code, 0), (code, k)
                starts[second] = max(starts[second], starts[first] + call.least)
                starts[first] = max(starts[first], starts[second] - call.most)
        if starts == before:
            return starts
    raise ValueError("rounds wait for each other in a circle; the plan's starts cannot be right")


def _patient(i: int, one: Mapping[str, Any], usual: Mapping[str, Decimal | None]) -> Patient:
    together = one.get("synchronization") or {}
    gap = together.get("distance") if together.get("type") == "sequential" else None
    least, most = gap or (Decimal(0), Decimal(0))
    calls = []
    for k, wanted in enumerate(one.get("required_caregivers") or one["required_services"]):
        minutes = wanted.get("duration")
        calls.append(
            Call(
                service=wanted["service"],
                minutes=Decimal(usual[wanted["service"]] or 0) if minutes is None else minutes,
                least=least if k else Decimal(0),
                most=most if k else Decimal(0),
            )
        )
    low, high = one["time_window"]
    return Patient(code=one["id"], row=i + 1, open=low, close=high, calls=tuple(calls))


def _times(patients: Iterable[Patient]) -> Iterable[Decimal]:
    for patient in patients:
        yield from (patient.open, patient.close)
        for call in patient.calls:
            yield from (call.minutes, call.least, call.most)


def _seat(instance: Instance, services: list[str], patient: Patient, k: int) -> Seat:
    call = patient.calls[k]
    return Seat(
        skills=(f"service{services.index(call.service)}",),
        minutes=instance.scaled(call.minutes),
        after=After(instance.scaled(call.least), instance.scaled(call.most)) if k else None,
    )


def _worker(i: int) -> str:
    return f"worker{i:03}"


def _tenant(i: int) -> str:
    return f"tenant{i:03}"


def _visit(i: int) -> str:
    return f"visit{i:03}"
