"""A problem's tenants and workers: who, when, how long, and whom they know."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from scheduling.problem import Busy, Mode, Tenant, Worker
from scheduling.weeks import DAY_MINUTES, to_instant, to_slot
from scheduling.windows import Interval, intersect, subtract
from service.people.facts import TenantFacts
from service.rounds.duty_week import outside_of
from service.rounds.fairness import fair_most
from service.rounds.meetings import Call, meetings_of
from service.rounds.rows import Elsewhere
from service.rounds.states import PublishedState
from service.rounds.week import WeekFacts, place_code
from service.teams.duties import WorkAround
from service.teams.facts import WorkerWeek
from service.teams.hours import Days, minutes_of, shrunk, widened
from service.teams.policy import Caseload

ALL_DAY: Days = ((Interval(0, DAY_MINUTES),),) * 7


def tenant_of(tenant: TenantFacts, facts: WeekFacts) -> Tenant:
    """A tenant's wishes and history, as the team's way of sharing its caseload reads them."""
    policy, monday = facts.team.policy, facts.monday
    days = [monday + timedelta(days=i) for i in range(7)]
    agreement = next((a for day in days if (a := tenant.agreement_on(day))), None)
    stay = next((s for day in days if (s := tenant.stay_on(day))), None)
    history = facts.histories[tenant.id]
    last = history.last_before(monday)
    rotates = policy.caseload is Caseload.ROTATION
    return Tenant(
        code=tenant.code,
        place=place_code(stay.place if stay else facts.base),
        windows=ALL_DAY,
        languages=tenant.languages,
        gender=agreement.gender_wish.value if agreement and agreement.gender_wish else None,
        gender_hard=bool(agreement and agreement.gender_wish and agreement.gender_wish_hard),
        primary=None if rotates else tenant.primary,
        backup=(tenant.backup,) if tenant.backup and not rotates else (),
        wanted=agreement.wanted if agreement else (),
        unwanted=agreement.unwanted if agreement else (),
        excluded=tuple(
            sorted(code for code, kept in facts.exclusions.worker_tenant if kept == tenant.id)
        ),
        distinct=agreement.distinct_workers if agreement and rotates else 0,
        max_distinct=agreement.most_workers if agreement else None,
        seen=tuple(
            sorted(history.met_since(monday - timedelta(days=policy.seen_days), before=monday))
        ),
        known=tuple(sorted(history.known_before(monday))),
        last_contact=None if last is None else (last - monday).days,
        new=last is None,
    )


def worker_of(
    week: WorkerWeek,
    facts: WeekFacts,
    *,
    calls: Iterable[Call],
    overload_after: Mapping[str, int],
    lost: int = 0,
) -> Worker:
    """A worker's week; `calls` excuse from meetings, `lost` minutes are there to be taken over."""
    policy, worker = facts.team.policy, week.worker
    away = widened(week.away, policy.grid)
    carried = facts.carried.get(worker.code, 0)
    taken = sum(_minutes(time) for time in facts.elsewhere.get(worker.code, ()))
    held = max(_held_minutes(worker.code, facts), _published_minutes(worker.code, facts))
    more = min(lost, week.share_minutes // 2)
    limit = max(0, fair_most(policy, week, carried) + more - taken, held)
    return Worker(
        code=worker.code,
        discipline=worker.discipline.value,
        base=place_code(facts.home_base(worker.code)),
        shifts=shrunk(week.hours, policy.grid),
        mode=Mode(worker.travel_mode.value),
        skills=worker.skills,
        languages=worker.languages,
        gender=worker.gender.value,
        absences=away if minutes_of(away) else None,
        busy=_busy(week, calls, facts),
        max_visits=worker.max_visits_per_day,
        may_go_alone=worker.may_go_alone,
        counts_as_second=worker.counts_as_second,
        no_dogs=worker.no_dogs,
        visiting_limit=limit // policy.grid * policy.grid,
        overload_after=overload_after[worker.code],
        carried=carried,
        duty_minutes=facts.duties.minutes.get(worker.code, 0),
        outside=outside_of(worker.code, facts.duties, facts.monday, grid=policy.grid),
    )


def lost_minutes(facts: WeekFacts) -> int:
    """Minutes of published visits to come for which somebody is away by now: what colleagues may
    take over beyond their own fair part. It counts in the weeks that follow."""
    weeks = {week.worker.code: week for week in facts.workers}
    lost = 0
    for row in facts.published or ():
        if row.state is not PublishedState.CONFIRMED or row.starts_at < facts.now:
            continue
        day, start = to_slot(facts.monday, row.starts_at)
        minutes = (row.ends_at - row.starts_at) // timedelta(minutes=1)
        time = (Interval(start, start + minutes),)
        lost += minutes * sum(
            code in weeks and bool(intersect(weeks[code].away[day], time)) for code in row.workers
        )
    return lost


def _held_minutes(worker: str, facts: WeekFacts) -> int:
    """The minutes pinned on a worker or begun in the week: no cap is below them."""
    return sum(
        visit.minutes
        for visit in facts.draft
        if visit.starts_at is not None
        and worker in visit.workers
        and (visit.pinned or visit.starts_at < facts.now)
    )


def _published_minutes(worker: str, facts: WeekFacts) -> int:
    """What a worker was told of the week: no cap that came later takes it away again."""
    minutes = (
        (row.ends_at - row.starts_at) // timedelta(minutes=1)
        for row in facts.published or ()
        if row.state is PublishedState.CONFIRMED and worker in row.workers
    )
    return sum(minutes)


def _busy(week: WorkerWeek, calls: Iterable[Call], facts: WeekFacts) -> tuple[Busy, ...]:
    """Visits for other teams, the meetings that these leave, duties for other teams; nothing
    overlaps."""
    found: list[Busy] = []
    for day in range(7):
        taken: tuple[Interval, ...] = ()
        for time in facts.elsewhere.get(week.worker.code, ()):
            held = _on_day(time, day, facts)
            for part in subtract((held,), taken) if held else ():
                found.append(
                    Busy(day=day, start=part.start, end=part.end, place=place_code(time.place))
                )
                taken = (*taken, part)
    found += meetings_of(week, calls, facts)
    for duty in facts.duties.around.get(week.worker.code, ()):
        for day in range(7):
            held = None if duty.own or duty.visits else _on_day(duty, day, facts)
            taken = tuple(Interval(busy.start, busy.end) for busy in found if busy.day == day)
            for part in subtract((held,), taken) if held else ():
                found.append(Busy(day=day, start=part.start, end=part.end))
    return tuple(found)


def _minutes(time: Elsewhere) -> int:
    return int((time.ends_at - time.starts_at).total_seconds()) // 60


def _on_day(time: Elsewhere | WorkAround, day: int, facts: WeekFacts) -> Interval | None:
    """The part of a time elsewhere on one day of the week, on the grid and never shorter."""
    starts = to_instant(facts.monday, day=day, minute=0)
    ends = to_instant(facts.monday, day=day, minute=DAY_MINUTES)
    if not (time.starts_at < ends and starts < time.ends_at):
        return None
    first = 0 if time.starts_at <= starts else to_slot(facts.monday, time.starts_at)[1]
    last = DAY_MINUTES if time.ends_at >= ends else to_slot(facts.monday, time.ends_at)[1]
    grid = facts.team.policy.grid
    return Interval(first // grid * grid, min(DAY_MINUTES, -(-last // grid) * grid))
