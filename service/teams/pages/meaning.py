"""What settings that are being typed would mean for the team's next week, before they are saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduling.problem import lunch_due
from scheduling.windows import Interval, intersect, minutes, union
from service import clock
from service.database.sql import fetch_value
from service.people.states import AgreementPreset
from service.rounds.capacity import lunch_of, reserve_on
from service.rounds.fairness import caseload_of
from service.teams.changes.team import EditedTeam
from service.teams.duty_rules import DutyRule, Slot, slots_of_week
from service.teams.facts import TeamFacts, WorkerWeek
from service.teams.policy import Preset, TeamPolicy
from service.teams.queries import public_holidays, team_by_id, workers_in_week
from service.web.dates import duration
from service.web.i18n import gettext as _

WEEKS = 2


@dataclass(frozen=True, slots=True)
class Room:
    """A line of the comparison: what, now, and with what is typed."""

    what: str
    now: str
    then: str

    @property
    def same(self) -> bool:
        """Whether nothing would change."""
        return self.now == self.then


@dataclass(frozen=True, slots=True)
class _Week:
    """A week's minutes under some settings, and for how many tenants there is room."""

    at_work: int
    meetings: int
    lunch: int
    reserve: int
    share: int
    room: int

    @property
    def left(self) -> int:
        return self.at_work - self.meetings - self.lunch - self.reserve


async def room_of(team: EditedTeam, policy: TeamPolicy) -> tuple[date, tuple[Room, ...]]:
    """Next week's Monday, and the team's time in it now and under `policy`."""
    monday = next_monday()
    facts = await team_by_id(team.id)
    assert facts is not None, "a team that is edited is there"
    now, then = await _week(facts, monday), await _week(replace(facts, policy=policy), monday)
    lines = (
        (_("Hours at work"), now.at_work, then.at_work),
        (_("Meetings"), now.meetings, then.meetings),
        (_("Lunch"), now.lunch, then.lunch),
        (_("Kept free for crises"), now.reserve, then.reserve),
        (_("Left for visits, ways and the rest"), now.left, then.left),
        (_("Meant for visits"), now.share, then.share),
    )
    room = Room(_("Tenants there is room for"), str(now.room), str(then.room))
    return monday, (
        *(Room(what, duration(before), duration(after)) for what, before, after in lines),
        room,
    )


def next_monday() -> date:
    """The Monday after today."""
    today = clock.today()
    return today + timedelta(days=7 - today.weekday())


async def _week(team: TeamFacts, monday: date) -> _Week:
    workers = await workers_in_week(team, monday)
    caseload = await caseload_of(team, monday, workers)
    days = range(7)
    return _Week(
        at_work=sum(minutes(one.at_work[day]) for one in workers for day in days),
        meetings=sum(_met(team.policy, one, day) for one in workers for day in days),
        lunch=sum(_rested(team.policy, one, day) for one in workers for day in days),
        reserve=sum(reserve_on(team.policy, day, workers) for day in days),
        share=sum(one.share_minutes for one in workers),
        room=caseload.full_time_percent * caseload.most // 100,
    )


def _met(policy: TeamPolicy, week: WorkerWeek, day: int) -> int:
    meetings = union(
        Interval(one.from_minute, one.to_minute)
        for one in policy.meetings
        if day + 1 in one.weekdays
    )
    return minutes(intersect(week.at_work[day], meetings))


def _rested(policy: TeamPolicy, week: WorkerWeek, day: int) -> int:
    lunch = lunch_of(policy)
    if lunch is None:
        return 0
    return sum(lunch.minutes for lane in week.at_work[day] if lunch_due(lunch, lane))


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAhead:
    """What a duty asks: its slots of the next weeks, how long in a usual week, and how many of the
    team's workers could have it."""

    slots: tuple[Slot, ...]
    week_minutes: int
    able: int
    workers: int


async def duty_ahead(team: EditedTeam, rule: DutyRule) -> DutyAhead:
    """A duty in the next weeks, by those who work in the first of them."""
    monday = next_monday()
    facts = await team_by_id(team.id)
    assert facts is not None, "a team that is edited is there"
    workers = await workers_in_week(facts, monday)
    holidays = public_holidays(first=monday, last=monday + timedelta(weeks=WEEKS))
    mondays = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    return DutyAhead(
        slots=tuple(
            slot for week in mondays for slot in slots_of_week((rule,), week, holidays=holidays)
        ),
        week_minutes=len(rule.weekdays) * (rule.to_minute - rule.from_minute),
        able=_able(rule, workers),
        workers=len(workers),
    )


def _able(rule: DutyRule, workers: Sequence[WorkerWeek]) -> int:
    return sum(
        (not rule.disciplines or one.worker.discipline in rule.disciplines)
        and set(rule.skills) <= set(one.worker.skills)
        for one in workers
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetAhead:
    """What a preset asks: minutes of a tenant's usual week, and how many tenants agreed to it."""

    week_minutes: int
    agreed: int


async def preset_ahead(team: EditedTeam, name: AgreementPreset, preset: Preset) -> PresetAhead:
    """A preset's weight, and the agreements of the team that began with it and hold today."""
    agreed: int = await fetch_value(_AGREED, team.id, name.value, clock.today())
    week = preset.contacts * preset.minutes * 7 // preset.period_days
    return PresetAhead(week_minutes=week, agreed=agreed)


_AGREED = """
select count(distinct g.tenant)::int from agreements g join assignments a on a.tenant = g.tenant
where a.team = $1 and g.preset = $2 and g.starts_on <= $3 and coalesce(g.ends_on > $3, true)
    and a.starts_on <= $3 and coalesce(a.ends_on > $3, true)
"""
