"""Which meetings a worker sits in: all those of their teams, but not when a tenant needs them then.

An appointment from outside cannot wait for a meeting, nor can a visit that a person has pinned or
one for another team: whoever goes is excused. For an appointment that nobody was given yet, those
are excused who answer for the tenant, else who met the tenant last.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scheduling.problem import Busy, Mode
from scheduling.weeks import to_slot
from scheduling.windows import Interval, contains, overlaps, subtract
from service.people.facts import TenantFacts
from service.rounds.needs import Need
from service.rounds.week import WeekFacts, place_code
from service.teams.facts import TeamFacts, WorkerWeek
from service.teams.hours import widened


@dataclass(frozen=True, slots=True)
class Call:
    """A time at which a worker is needed: from one place (id) on, to another."""

    day: int
    time: Interval
    begins: int
    ends: int


def meetings_of(week: WorkerWeek, calls: Iterable[Call], facts: WeekFacts) -> list[Busy]:
    """The meetings a worker attends, at the base of the team that holds them; none overlap."""
    mode = Mode(week.worker.travel_mode.value)
    called = tuple(calls)
    found: list[Busy] = []
    for day in range(7):
        taken: tuple[Interval, ...] = ()
        for team in facts.teams_of(week.worker.code):
            for whole in _meetings_on(team, day, grid=facts.team.policy.grid):
                if any(_collides(call, day, whole, team.base, mode, facts) for call in called):
                    continue
                for part in subtract((whole,), taken):
                    place = None if team.base is None else place_code(team.base)
                    found.append(Busy(day=day, start=part.start, end=part.end, place=place))
                    taken = (*taken, part)
    return found


def calls_by_worker(facts: WeekFacts) -> Mapping[str, tuple[Call, ...]]:
    """When each worker (by code) is needed whatever meeting there is."""
    found: dict[str, list[Call]] = defaultdict(list)
    for code, times in facts.elsewhere.items():
        for time in times:
            day, start = to_slot(facts.monday, time.starts_at)
            length = int((time.ends_at - time.starts_at).total_seconds()) // 60
            found[code].append(Call(day, Interval(start, start + length), time.place, time.place))
    fixed = {need.key: need for need in facts.needs if need.fixed}
    given = set()
    for row in facts.draft:
        held = row.pinned or row.need in fixed
        if row.starts_at is None or not (held or row.starts_at < facts.now):
            continue
        given.add(row.need)
        day, start = to_slot(facts.monday, row.starts_at)
        begins, ends = _ends(fixed[row.need]) if row.need in fixed else (row.place, row.place)
        for code in row.workers:
            found[code].append(Call(day, Interval(start, start + row.minutes), begins, ends))
    tenants = {tenant.id: tenant for tenant in facts.tenants}
    for need in (fixed[key] for key in sorted(set(fixed) - given)):
        call = _call(need)
        free = (
            code
            for code in _escorts(need, call, tenants[need.tenant], facts)
            if not any(c.day == call.day and overlaps(c.time, call.time) for c in found[code])
        )
        for code, _ in zip(free, range(need.workers_needed), strict=False):
            found[code].append(call)
    return {code: tuple(calls) for code, calls in found.items()}


def _meetings_on(team: TeamFacts, day: int, *, grid: int) -> Iterator[Interval]:
    for meeting in team.policy.meetings:
        if day + 1 in meeting.weekdays:
            yield from widened(((Interval(meeting.from_minute, meeting.to_minute),),), grid)[0]


def _collides(
    call: Call, day: int, meeting: Interval, base: int | None, mode: Mode, facts: WeekFacts
) -> bool:
    """Whether one cannot be at both, the way in between included."""
    if call.day != day or base is None:
        return False
    there = facts.minutes_between(base, call.begins, mode)
    back = facts.minutes_between(call.ends, base, mode)
    return call.time.start < meeting.end + there and meeting.start < call.time.end + back


def _escorts(need: Need, call: Call, tenant: TenantFacts, facts: WeekFacts) -> Iterator[str]:
    """Who could go along, who knows the tenant best first."""
    weeks = {week.worker.code: week for week in facts.workers}
    met = facts.histories[tenant.id].past.workers
    by_contact = sorted(met, key=lambda code: (-max(met[code]).toordinal(), code))
    kept = facts.exclusions
    for code in dict.fromkeys((tenant.primary, tenant.backup, *by_contact, *sorted(weeks))):
        week = weeks.get(code) if code is not None else None
        if code is None or week is None:
            continue
        if need.disciplines and week.worker.discipline not in need.disciplines:
            continue
        if need.workers_needed == 1 and not week.worker.may_go_alone:
            continue
        if (code, need.tenant) in kept.worker_tenant or (code, need.place) in kept.worker_place:
            continue
        if contains(week.at_work[call.day], _with_ways(call, week, facts)):
            yield code


def _with_ways(call: Call, week: WorkerWeek, facts: WeekFacts) -> Interval:
    """The call's time, the way there from the worker's base and back included."""
    mode, base = Mode(week.worker.travel_mode.value), facts.home_base(week.worker.code)
    there = facts.minutes_between(base, call.begins, mode)
    back = facts.minutes_between(call.ends, base, mode)
    return Interval(call.time.start - there, call.time.end + back)


def _call(need: Need) -> Call:
    assert need.fixed is not None, "only appointments call"
    day, start = need.fixed
    return Call(day, Interval(start, start + need.minutes), *_ends(need))


def _ends(need: Need) -> tuple[int, int]:
    return need.pick_up or need.place, need.end_place or need.place
