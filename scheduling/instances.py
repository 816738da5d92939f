"""Problems and plans as JSON: strict on the way in, canonical on the way out.

Canonical means: keys sorted, lists of coded things sorted by code, sets sorted, so that a problem
written in another order has the same bytes and the same hash.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import msgspec

from scheduling.errors import InvalidProblem, MalformedPlan, MalformedProblem
from scheduling.plan import Plan
from scheduling.problem import (
    Duty,
    Matrix,
    Place,
    Placement,
    Problem,
    Seat,
    Tenant,
    Visit,
    Worker,
)
from scheduling.validate import findings
from scheduling.weights import Weights

T = TypeVar("T", Problem, Plan)
C = TypeVar("C", Place, Worker, Tenant, Visit, Seat, Duty)


def load_problem(data: bytes | str) -> Problem:
    """Read and validate a problem.

    MalformedProblem: no JSON, an unknown or missing field, a wrong type (the first one found).
    InvalidProblem: unknown codes, times off the grid, contradictory pins ... (all that were found).
    """
    return validated(_decode(data, Problem, MalformedProblem))


def validated(problem: Problem) -> Problem:
    """The same problem; InvalidProblem if it contradicts itself."""
    found = findings(problem)
    if found:
        raise InvalidProblem(found)
    return problem


def dump_problem(problem: Problem) -> bytes:
    """Canonical JSON, one line."""
    return _encode(canonical(problem))


def problem_hash(problem: Problem) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal: equal for problems that say the same."""
    return hashlib.sha256(dump_problem(problem)).hexdigest()


def load_plan(data: bytes | str) -> Plan:
    """Read a plan; MalformedPlan. Whether it fits a problem is `check`'s to say."""
    return _decode(data, Plan, MalformedPlan)


def dump_plan(plan: Plan) -> bytes:
    """Canonical JSON, one line: the same plan gives the same bytes."""
    return _encode(
        replace(
            plan,
            placements=_by_visit(plan.placements),
            unplaced=tuple(sorted(plan.unplaced, key=lambda u: u.visit)),
            duties=tuple(sorted(plan.duties, key=lambda s: s.duty)),
        )
    )


def canonical(problem: Problem) -> Problem:
    """The same problem in canonical order; order never carries meaning except in seats and days."""
    published = problem.published
    return replace(
        problem,
        places=_by_code([_tidy(p, "excluded") for p in problem.places]),
        workers=_by_code([_tidy_worker(w) for w in problem.workers]),
        tenants=_by_code([_tidy_tenant(t) for t in problem.tenants]),
        visits=_by_code([_tidy_visit(v) for v in problem.visits]),
        resources=_by_code(problem.resources),
        duties=_by_code([_tidy(d, "disciplines", "skills") for d in problem.duties]),
        pins=tuple(
            replace(p, workers=p.workers and tuple(sorted(p.workers)))
            for p in sorted(problem.pins, key=lambda p: p.visit)
        ),
        published=published and _by_visit(published),
        straight_line=replace(
            problem.straight_line,
            speeds=tuple(sorted(problem.straight_line.speeds, key=lambda s: s.mode)),
        ),
        matrix=problem.matrix and _tidy_matrix(problem.matrix),
    )


def _by_visit(placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """In order; offsets that are all zero are left out."""
    return tuple(
        p if any(p.offsets) else replace(p, offsets=())
        for p in sorted(placements, key=lambda p: p.visit)
    )


def _by_code(items: Any) -> Any:
    return tuple(sorted(items, key=lambda item: item.code))


def _tidy(item: C, *names: str) -> C:
    changes: dict[str, Any] = {name: tuple(sorted(set(getattr(item, name)))) for name in names}
    return replace(item, **changes)


def _tidy_windows(item: C, *names: str) -> C:
    changes: dict[str, Any] = {}
    for name in names:
        days = getattr(item, name)
        changes[name] = days and tuple(tuple(sorted(day)) for day in days)
    return replace(item, **changes)


def _tidy_worker(worker: Worker) -> Worker:
    tidied = _tidy_windows(_tidy(worker, "skills", "languages"), "shifts", "absences")
    order = sorted(worker.busy, key=lambda b: (b.day, b.start, b.end, b.place or ""))
    outside = sorted(worker.outside, key=lambda b: (b.day, b.start, b.end, b.place or ""))
    return replace(tidied, busy=tuple(order), outside=tuple(outside))


def _tidy_tenant(tenant: Tenant) -> Tenant:
    sets = ("languages", "backup", "wanted", "unwanted", "excluded", "seen", "known")
    return _tidy_windows(_tidy(tenant, *sets), "windows")


def _tidy_visit(visit: Visit) -> Visit:
    seats = tuple(_tidy(seat, "disciplines", "skills") for seat in visit.seats)
    return _tidy_windows(replace(_tidy(visit, "resources"), seats=seats), "windows", "preferred")


def _tidy_matrix(matrix: Matrix) -> Matrix:
    tables = tuple(sorted(matrix.tables, key=lambda t: t.mode))
    order = sorted(range(len(matrix.places)), key=lambda i: matrix.places[i])
    if order == list(range(len(order))):
        return replace(matrix, tables=tables)
    ordered = tuple(
        replace(t, minutes=tuple(tuple([t.minutes[i][j] for j in order]) for i in order))
        for t in tables
    )
    return Matrix(places=tuple(matrix.places[i] for i in order), tables=ordered)


LATER: Mapping[type, tuple[str, ...]] = {
    Problem: ("day_end", "duties"),
    Weights: ("largest_lateness", "limit", "visiting", "reserve", "distinct", "spacing"),
    Worker: ("duty_minutes", "outside"),
    Seat: ("minutes", "after"),
    Placement: ("offsets",),
    Plan: ("alone", "duties"),
}
"""Fields added to the schema since it was first used: written only where they say something, so
that a problem that does not use them keeps its hash."""


def _encode(value: Problem | Plan) -> bytes:
    raw = msgspec.to_builtins(value)
    _drop_unused(value, raw)
    return msgspec.json.encode(raw, order="sorted") + b"\n"


def _drop_unused(value: Any, raw: Any) -> None:
    if isinstance(value, tuple):
        if value and is_dataclass(value[0]):
            for item, inner in zip(value, raw, strict=True):
                _drop_unused(item, inner)
    elif is_dataclass(value):
        later = LATER.get(type(value), ())
        for f in fields(value):
            if f.name in later and getattr(value, f.name) == f.default:
                del raw[f.name]
            else:
                _drop_unused(getattr(value, f.name), raw[f.name])


def _decode(data: bytes | str, kind: type[T], error: type[Exception]) -> T:
    try:
        raw = msgspec.json.decode(data)
        value = msgspec.convert(raw, kind)
    except msgspec.MsgspecError as problem:
        raise error(_sentence(str(problem))) from None
    except (UnicodeDecodeError, RecursionError):
        raise error("the file is not JSON text in UTF-8") from None
    for path in _unknown_fields(raw, value, "$"):
        raise error(f"{path} is not a field of schema 1; remove it or correct its name")
    return value


def _sentence(message: str) -> str:
    if message.startswith(("JSON is malformed", "Input data was truncated")):
        return f"the file is not valid JSON: {message}"
    text, _, path = message.partition(" - at ")
    return f"{path.strip('`') or '$'}: {text[:1].lower()}{text[1:]}; see the published schema"


def _unknown_fields(raw: Any, value: Any, path: str) -> Iterator[str]:
    """Paths of keys in the JSON that no dataclass has (msgspec lets them pass for dataclasses)."""
    if is_dataclass(value) and isinstance(raw, dict):
        names = {f.name for f in fields(value)}
        for key, inner in raw.items():
            if key not in names:
                yield f"{path}.{key}"
            else:
                yield from _unknown_fields(inner, getattr(value, key), f"{path}.{key}")
    elif isinstance(value, tuple) and isinstance(raw, list):
        for i, (inner, item) in enumerate(zip(raw, value, strict=False)):
            yield from _unknown_fields(inner, item, f"{path}[{i}]")
