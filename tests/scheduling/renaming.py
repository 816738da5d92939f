"""The same problem or plan with other codes, in the same order."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from scheduling.plan import Plan
from scheduling.problem import Problem


def new_names(week: Problem) -> dict[str, str]:
    """A new code for every code that a problem's people, places and needs have or name."""
    codes = {
        item.code
        for items in (
            week.places, week.workers, week.tenants, week.visits, week.resources, week.duties,
        )
        for item in items
    }  # fmt: skip
    for tenant in week.tenants:
        codes |= {tenant.primary or tenant.code, *tenant.backup, *tenant.wanted, *tenant.unwanted}
        codes |= {*tenant.excluded, *tenant.seen, *tenant.known}
    for placement in week.published or ():
        codes |= {placement.visit, *placement.workers}
    return {code: f"Z{number:03}-{code[:1]}" for number, code in enumerate(sorted(codes))}


def renamed(week: Problem, names: dict[str, str]) -> Problem:
    """The problem with new codes; disciplines, languages and the like keep theirs."""
    return _renamed(week, names)  # type: ignore[no-any-return]


def renamed_plan(plan: Plan, names: dict[str, str]) -> Plan:
    """The plan with new codes."""
    return _renamed(plan, names)  # type: ignore[no-any-return]


def _renamed(thing: Any, names: dict[str, str]) -> Any:
    if isinstance(thing, str) and not isinstance(thing, Enum):
        return names.get(thing, thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(
            thing, **{f.name: _renamed(getattr(thing, f.name), names) for f in fields(thing)}
        )
    if isinstance(thing, tuple):
        parts = [_renamed(part, names) for part in thing]
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    return thing
