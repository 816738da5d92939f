"""Who may see and do what: the one place that pages, feeds and actions ask.

| may ...                   | worker | team lead | housing officer | coordinator | administrator |
| ---                       | ---    | ---       | ---             | ---         | ---           |
| see a team's roster       | own    | own       |                 | all         |               |
| plan, pin, publish        |        | own       |                 |             |               |
| add, move, pin a visit    | theirs | own       |                 |             |               |
| see a tenant and the name | own    | own       | all             | all         |               |
| see support               | own    | own       |                 | all         |               |
| see why excluded, flagged |        | own       |                 |             |               |
| see a team's absences     | own    | own       |                 | all         |               |
| see housing (lease, move) | own    | own       | all             | all         |               |
| feed of a worker: make    | self   | self      |                 |             |               |
| feed of a team: make      | own    | own       |                 |             |               |
| feed: renew               | owner  | owner     |                 |             |               |
| feed: revoke              | owner  | owner     |                 |             | all           |
| accounts, audit           |        |           |                 |             | all           |
| record, correct a visit   | own    | own       |                 |             |               |
| edit a person, ETHOS      | own    | own       |                 | all         |               |
| edit support              | own    | own       |                 |             |               |
| raise a two-workers flag  | own    | own       |                 |             |               |
| lift a flag, exclude      |        | own       |                 |             |               |
| add tenants, assign       |        | own       |                 | all         |               |
| see a worker              | own    | own       |                 | all         |               |
| edit a worker             |        | own       |                 | all         |               |
| enter absences            | self   | own       |                 | all         |               |
| edit a team's settings    |        | own       |                 |             |               |
| add a team                |        |           |                 | yes         |               |
| see a lone-worker check   | own    | own       |                 | told        |               |
| start one, say 'safe'     | self   | self      |                 |             |               |
| extend one, check out     | own    | own       |                 | told        |               |
| see no-contact alerts     | own    | own       |                 | all         |               |
| log a step of an alert    | own    | own       |                 |             |               |
| decide on, close an alert |        | own       |                 |             |               |
| see a morning meeting     | own    | own       |                 | all         |               |

'own' is a team in which the viewer holds that role; a tenant is a team's through an assignment.
'Theirs' is a visit of a team whose settings let workers plan their own: one they go on, or of
a tenant they answer for (as own worker or back-up). 'told': who stands on the check's ladder,
whatever the team. Support is what health data is: visits and
their reasons, agreements, diagnosis, hospital, prison, funder, notes. The housing officer sees
the tenancy, the two-workers flag, exclusions without reasons and 'absent until'.
Whoever holds several roles may do what any of them may.

An assignment opens a tenant to its team `OPENS_DAYS_AHEAD` days before it begins, so that a
handover can be prepared, and no earlier. A worker enters absences where the team's settings let
workers do so. A role in a team ends with its worker's membership of that team.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from service.access.states import Language, Role

_TEAM_ROLES = frozenset({Role.WORKER, Role.TEAM_LEAD})

OPENS_DAYS_AHEAD = 14
"""Days before an assignment begins from which its team may read the tenant's page."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role; `team` is the team's id for workers and team leads, None for the others."""

    role: Role
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks: a signed-in account and what it holds."""

    account: int
    roles: frozenset[HeldRole]
    language: Language
    worker: int | None = None

    def holds(self, *roles: Role) -> bool:
        """Whether any of `roles` is held, in whatever team."""
        return any(held.role in roles for held in self.roles)

    def teams(self, *roles: Role) -> frozenset[int]:
        """The ids of the teams in which any of `roles` is held (worker or lead by default)."""
        wanted = frozenset(roles) or _TEAM_ROLES
        return frozenset(
            held.team for held in self.roles if held.role in wanted and held.team is not None
        )


@dataclass(frozen=True, slots=True)
class TenantFacts:
    """What access to a tenant hangs on: the ids of the teams the tenant is assigned to."""

    teams: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What access to a drafted visit hangs on, by ids of rows.

    `self_planned`: the team's settings let workers plan their own. `workers` go on it,
    `caseload` answer for its tenant.
    """

    team: int
    self_planned: bool
    workers: frozenset[int] = frozenset()
    caseload: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What access to a feed hangs on: who made it, and whose visits it carries."""

    owner: int
    worker: int | None = None
    team: int | None = None


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What access to a lone-worker check hangs on: ids of its worker, its team, its ladder."""

    worker: int
    team: int
    ladder: frozenset[int]


def may_see_roster(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may see a team's week."""
    return viewer.holds(Role.COORDINATOR) or team in viewer.teams()


def may_plan(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may plan, move, pin and cancel in a team's week."""
    return team in viewer.teams(Role.TEAM_LEAD)


def plans_own(viewer: Viewer, team: int, *, self_planned: bool) -> bool:
    """Whether the viewer is a worker who plans visits of their own in a team's week."""
    return self_planned and viewer.worker is not None and team in viewer.teams(Role.WORKER)


def may_change_visit(viewer: Viewer, visit: VisitFacts) -> bool:
    """Whether the viewer may move, pin, promise or take off a visit of a team's draft."""
    if may_plan(viewer, visit.team):
        return True
    mine = viewer.worker in visit.workers | visit.caseload
    return mine and plans_own(viewer, visit.team, self_planned=visit.self_planned)


def may_publish(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may publish a team's week."""
    return may_plan(viewer, team)


def may_see_absences(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may see when a team's workers are away."""
    return may_see_roster(viewer, team)


def may_see_tenant(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer may know that this tenant exists, by code."""
    return viewer.holds(Role.COORDINATOR, Role.HOUSING_OFFICER) or _shares_team(viewer, tenant)


def sees_tenant_names(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer reads the name, the phone number and the address."""
    return may_see_tenant(viewer, tenant)


def sees_housing(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer reads tenancies, leases and moves."""
    return may_see_tenant(viewer, tenant)


def sees_support_reasons(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer reads visits and their reasons, agreements, hospital, prison, funder."""
    return viewer.holds(Role.COORDINATOR) or _shares_team(viewer, tenant)


def sees_safety_reasons(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer reads why somebody is excluded or two workers are asked."""
    return bool(tenant.teams & viewer.teams(Role.TEAM_LEAD))


def may_record(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer may write down, and correct, what took place with a tenant."""
    return _shares_team(viewer, tenant)


def may_edit_person(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer may change a tenant's own data, ETHOS observations and incomes."""
    return viewer.holds(Role.COORDINATOR) or _shares_team(viewer, tenant)


def may_edit_support(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer may change stays, agreements, series and appointments."""
    return _shares_team(viewer, tenant)


def may_raise_flag(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer may ask for two workers with a tenant."""
    return _shares_team(viewer, tenant)


def may_edit_safety(viewer: Viewer, tenant: TenantFacts) -> bool:
    """Whether the viewer may lift a flag, and make or end exclusions."""
    return sees_safety_reasons(viewer, tenant)


def may_add_tenants(viewer: Viewer) -> bool:
    """Whether the viewer may register somebody new."""
    return viewer.holds(Role.TEAM_LEAD, Role.COORDINATOR)


def may_add_teams(viewer: Viewer) -> bool:
    """Whether the viewer may enter a new team."""
    return viewer.holds(Role.COORDINATOR)


def may_assign(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may take a tenant into a team's caseload and name who is responsible."""
    return viewer.holds(Role.COORDINATOR) or may_plan(viewer, team)


def may_see_worker(viewer: Viewer, *, worker: int, teams: frozenset[int]) -> bool:
    """Whether the viewer may read a worker's hours, skills and absences; `teams`: where in."""
    if viewer.holds(Role.COORDINATOR) or viewer.worker == worker:
        return True
    return bool(teams & viewer.teams())


def may_edit_worker(viewer: Viewer, *, teams: frozenset[int]) -> bool:
    """Whether the viewer may change a worker; `teams`: those the worker is or was in."""
    return viewer.holds(Role.COORDINATOR) or bool(teams & viewer.teams(Role.TEAM_LEAD))


def may_exclude_worker(viewer: Viewer, *, teams: frozenset[int]) -> bool:
    """Whether the viewer may say where a worker must not go, and read why; `teams`: where in."""
    return bool(teams & viewer.teams(Role.TEAM_LEAD))


def may_enter_absence(
    viewer: Viewer, *, worker: int, teams: frozenset[int], by_workers: bool
) -> bool:
    """Whether the viewer may enter or end an absence; `by_workers`: the settings let them."""
    return may_edit_worker(viewer, teams=teams) or (by_workers and viewer.worker == worker)


def may_edit_team(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may change a team's settings."""
    return may_plan(viewer, team)


def worker_teams_filter(viewer: Viewer) -> frozenset[int] | None:
    """The teams whose workers the viewer may list; None for every team, empty for none."""
    return None if viewer.holds(Role.COORDINATOR) else viewer.teams()


def may_make_feed(viewer: Viewer, *, worker: int | None = None, team: int | None = None) -> bool:
    """Whether the viewer may make a feed of a worker's rounds or of a team's week.

    Exactly one of `worker` and `team` is given, else `ValueError`.
    """
    if (worker is None) == (team is None):
        raise ValueError("a feed is of a worker or of a team: give exactly one")
    if worker is not None:
        return viewer.worker == worker and viewer.holds(*_TEAM_ROLES)
    return team in viewer.teams()


def may_see_feed(viewer: Viewer, feed: FeedFacts) -> bool:
    """Whether the viewer may know that this feed exists (never its address)."""
    return may_revoke_feed(viewer, feed)


def may_renew_feed(viewer: Viewer, feed: FeedFacts) -> bool:
    """Whether the viewer may give a feed a new address: its owner alone, who reads it."""
    return feed.owner == viewer.account


def may_revoke_feed(viewer: Viewer, feed: FeedFacts) -> bool:
    """Whether the viewer may end a feed: its owner, or an administrator."""
    return feed.owner == viewer.account or viewer.holds(Role.ADMINISTRATOR)


def may_manage_accounts(viewer: Viewer) -> bool:
    """Whether the viewer may make accounts, end them and read the audit trail."""
    return viewer.holds(Role.ADMINISTRATOR)


def may_see_check(viewer: Viewer, check: CheckFacts) -> bool:
    """Whether the viewer may see a lone-worker check: its worker, its ladder, its team."""
    told = viewer.worker is not None and viewer.worker in {check.worker, *check.ladder}
    support = viewer.holds(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)
    return (told and support) or check.team in viewer.teams()


def may_say_safe(viewer: Viewer, check: CheckFacts) -> bool:
    """Whether it is the viewer who is alone: only they start a check and say 'safe'."""
    return viewer.worker == check.worker and viewer.holds(*_TEAM_ROLES)


def may_check_out(viewer: Viewer, check: CheckFacts) -> bool:
    """Whether the viewer may extend or end a check for whoever called or texted."""
    return may_see_check(viewer, check)


def may_see_alerts(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may see a team's no-contact alerts and its morning meeting."""
    return may_see_roster(viewer, team)


def may_log_alert(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may write down what was done in a team's alert."""
    return team in viewer.teams()


def may_decide_alert(viewer: Viewer, team: int) -> bool:
    """Whether the viewer may decide on a welfare check and close a team's alert."""
    return team in viewer.teams(Role.TEAM_LEAD)


def tenant_teams_filter(viewer: Viewer) -> frozenset[int] | None:
    """The teams whose tenants the viewer may list; None for every tenant, empty for none."""
    if viewer.holds(Role.COORDINATOR, Role.HOUSING_OFFICER):
        return None
    return viewer.teams()


def roster_teams_filter(viewer: Viewer) -> frozenset[int] | None:
    """The teams whose weeks the viewer may see; None for every team, empty for none."""
    return None if viewer.holds(Role.COORDINATOR) else viewer.teams()


def roles_of(pairs: Iterable[tuple[str, int | None]]) -> frozenset[HeldRole]:
    """Build held roles from rows of (role, team id)."""
    return frozenset(HeldRole(role=Role(role), team=team) for role, team in pairs)


def _shares_team(viewer: Viewer, tenant: TenantFacts) -> bool:
    return bool(tenant.teams & viewer.teams())
