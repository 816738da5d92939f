"""What a tenant's agreement and series ask in the next weeks: a preview, planned by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from service import clock
from service.access.policy import TenantFacts as Access
from service.access.policy import Viewer, sees_support_reasons
from service.encounters.queries import ContactRow, contacts_of
from service.errors import NotFound
from service.people.facts import AgreementFacts, TenantFacts
from service.people.queries import caseload_in_week
from service.rounds.needs import History, Need, WeekFrame, week_needs
from service.rounds.week import read_histories
from service.teams.facts import TeamFacts
from service.teams.hours import Span
from service.teams.queries import team_by_id, workers_in_weeks

WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekAhead:
    """What one week asks; `nowhere`: no place is known where to visit."""

    monday: date
    needs: tuple[Need, ...]
    nowhere: bool


async def needs_ahead(
    viewer: Viewer,
    *,
    tenant: int,
    teams: frozenset[int],
    agreement: AgreementFacts | None = None,
    weeks: int = WEEKS,
) -> tuple[WeekAhead, ...]:
    """What each of the next weeks asks of the tenant's visiting team, this week first.

    `agreement`: as if it were agreed, from its first day on. Each week is seen as if the weeks
    before it were kept. Nothing where no visiting team supports the tenant. Raises `NotFound`
    for whoever may not read support.
    """
    if not sees_support_reasons(viewer, Access(teams)):
        raise NotFound
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    for one in sorted(teams):
        team = await team_by_id(one)
        if team is None or not team.policy.planned or team.base is None:
            continue
        found = await caseload_in_week(team.id, monday, weeks=weeks, only=tenant)
        if found:
            known = found[0] if agreement is None else _agreed(found[0], agreement)
            return await _weeks(team, known, monday, weeks)
    return ()


def _agreed(tenant: TenantFacts, agreement: AgreementFacts) -> TenantFacts:
    """The tenant with an agreement that replaces what holds from its first day on."""
    first = agreement.span.starts_on
    before = tuple(
        replace(one, span=Span(one.span.starts_on, min(first, one.span.ends_on or first)))
        for one in tenant.agreements
        if one.span.starts_on < first
    )
    return replace(tenant, agreements=(*before, agreement))


async def _weeks(
    team: TeamFacts, tenant: TenantFacts, monday: date, weeks: int
) -> tuple[WeekAhead, ...]:
    mondays = [monday + timedelta(weeks=n) for n in range(weeks)]
    workers = await workers_in_weeks(team, mondays)
    assert team.base is not None
    found: list[WeekAhead] = []
    kept: list[ContactRow] = []
    # Until the last Monday: what a week may know of it, its day decides.
    history = (await read_histories([tenant], mondays[-1], now=clock.now()))[tenant.id]
    for week in mondays:
        frame = WeekFrame(
            monday=week,
            on=clock.today(),
            policy=team.policy,
            open_days=frozenset(
                i for i in range(7) if any(one.at_work[i] for one in workers[week])
            ),
            base=team.base,
            ride=lambda _start, _end: 0,
        )
        asked = week_needs([tenant], {tenant.id: _kept(history, kept)}, frame)
        found.append(WeekAhead(monday=week, needs=asked.needs, nowhere=bool(asked.nowhere)))
        kept += _as_kept(asked.needs, week)
    return tuple(found)


def _kept(history: History, kept: Sequence[ContactRow]) -> History:
    """The history with the visits of earlier weeks taken as given."""
    if not kept:
        return history
    ahead = contacts_of(kept)
    given = {**history.ahead.given, **ahead.given}
    days = tuple(sorted({*history.ahead.days, *ahead.days}))
    visited = tuple(sorted({*history.past.visited, *ahead.days}))
    return History(
        past=replace(history.past, visited=visited),
        ahead=replace(history.ahead, days=days, given=given),
    )


def _as_kept(needs: Sequence[Need], week: date) -> list[ContactRow]:
    """The visits of a week on the first day on which each may take place."""
    rows = []
    for need in needs:
        open_days = [index for index, hours in enumerate(need.windows) if hours]
        day = need.fixed[0] if need.fixed else min(open_days, default=0)
        rows.append(
            ContactRow(day=week + timedelta(days=day), home=True, workers=(), series=need.series)
        )
    return rows
