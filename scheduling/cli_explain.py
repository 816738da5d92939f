"""What `explain` prints: reasons, levers and advice, a line each, codes as they are."""

from collections.abc import Mapping

from scheduling.capacity import capacity
from scheduling.desk import Answer, Desk
from scheduling.duties import unstaffed
from scheduling.errors import SchedulingError
from scheduling.explain import WhyNot, explain, why_not
from scheduling.plan import Plan, Reason
from scheduling.problem import Placement, Problem
from scheduling.rules.base import DAY_NAMES, clock
from scheduling.why_here import why_here


class NoSuchVisit(SchedulingError):
    """A visit is asked about that the problem does not have."""


def explain_lines(week: Problem, made: Plan, *, levers: bool) -> list[str]:
    """A line for each visit left out and each duty that nobody has; with levers, some below."""
    lines = []
    if levers:
        desk = Desk(week, made)
        for code in desk.left_out():
            lines += why_not_lines(why_not(desk, code))
    else:
        lines += [f"{one.visit}: {chain(one.reasons)}" for one in explain(week, made)]
    every = not lines
    for duty in unstaffed(week, made.duties):
        filters = ", ".join(f"{step.code} {step.left}" for step in duty.reasons)
        lines.append(f"duty {duty.duty}: {filters}")
    return [*lines, "Every visit is placed."] if every else lines


def visit_lines(week: Problem, made: Plan, code: str) -> list[str]:
    """All about one visit, left out or placed."""
    desk = Desk(week, made)
    if code not in desk.visits:
        raise NoSuchVisit(f"visit {code} is not in this problem; give the code of one that is")
    here = desk.placements.get(code)
    if here is None:
        return why_not_lines(why_not(desk, code))
    lines = [f"{code}: {where(here)}"]
    lines += [
        f"  other {one.other}: {where(one.placement)}, {price(one.answer)}"
        for one in why_here(desk, code)
    ]
    return lines


def why_not_lines(why: WhyNot) -> list[str]:
    """The chain, then what would let the visit in."""
    lines = [f"{why.visit}: {chain(why.reasons)}"]
    for lever in why.levers:
        more = f", {lever.minutes} minutes overtime" if lever.minutes else ""
        lines.append(f"  {lever.relaxed}: {where(lever.placement)}, {price(lever.answer)}{more}")
        lines += [f"    {breach.sentence}" for breach in lever.breaks]
    for one in why.gives_way:
        away = f"to {where(one.elsewhere)}" if one.elsewhere else "left out"
        lines.append(
            f"  if {one.visit} gives way ({away}): {where(one.placement)}, {price(one.answer)}"
        )
    if why.near_miss:
        miss = why.near_miss
        workers = " and ".join(miss.workers)
        day = DAY_NAMES[miss.day]
        lines.append(f"  {workers} miss each other on {day} by {miss.minutes} minutes")
    return lines


def advice_lines(week: Problem, made: Plan) -> list[str]:
    """What more people or hours would bring."""
    advice = capacity(Desk(week, made))
    lines = [
        f"half-day {one.discipline} {DAY_NAMES[one.day]} {clock(one.start)}-{clock(one.end)}: "
        f"{one.placed} visits placed more, {one.saved} points saved"
        for one in advice.half_days
    ]
    hours = advice.hours
    lines.append(
        f"{hours.minutes // 60} hours more a week: {hours.placed} visits placed more, "
        f"{hours.saved} points saved ({hours.saved_per_hour:.1f} an hour)"
    )
    return lines


def chain(reasons: tuple[Reason, ...]) -> str:
    """The filters with what each left."""
    return ", ".join(f"{reason.code} {reason.left}" for reason in reasons)


def where(place: Placement) -> str:
    """Day, time and workers."""
    return f"{DAY_NAMES[place.day]} {clock(place.start)} {' '.join(place.workers)}"


def price(answer: Answer) -> str:
    """The points, by rule, and how many others slide."""
    slid = len(answer.shifts)
    others = f", {slid} {'others slide' if slid > 1 else 'other slides'}" if slid else ""
    return _points(answer.cost, answer.difference.costs) + others


def _points(total: int, costs: Mapping[str, int]) -> str:
    rules = ", ".join(f"{rule} {points:+d}" for rule, points in costs.items())
    return f"{total:+d} points ({rules})" if rules else "no points"
