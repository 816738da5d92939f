"""Every kind of person against every function of the access policy, as a table to read.

The viewer's team is 1; `other` is team 2. A tenant of team 1 and one of team 2 are asked about.
"""

import inspect
from collections.abc import Callable

import pytest

from service.access import policy
from service.access.policy import CheckFacts, FeedFacts, HeldRole, TenantFacts, Viewer, VisitFacts
from service.access.states import Role
from tests.support.web import viewer

OWN, OTHER = 1, 2
TENANT, OTHER_TENANT = TenantFacts(frozenset({OWN})), TenantFacts(frozenset({OTHER}))
NO_TEAM_TENANT = TenantFacts(frozenset())
COLLEAGUE = 77

PEOPLE: dict[str, Viewer] = {
    "worker": viewer(HeldRole(Role.WORKER, OWN), account=10, worker=5),
    "lead": viewer(HeldRole(Role.TEAM_LEAD, OWN), account=11, worker=6),
    "housing": viewer(HeldRole(Role.HOUSING_OFFICER), account=12, worker=7),
    "coordinator": viewer(HeldRole(Role.COORDINATOR), account=13, worker=8),
    "administrator": viewer(HeldRole(Role.ADMINISTRATOR), account=14),
    "nobody": viewer(account=15),
}


def _visit(
    *,
    workers: set[int] | None = None,
    caseload: set[int] | None = None,
    team: int = OWN,
    theirs: bool = True,
) -> VisitFacts:
    return VisitFacts(
        team=team,
        self_planned=theirs,
        workers=frozenset(workers or ()),
        caseload=frozenset(caseload or ()),
    )


def _check(*, worker: int = 99, team: int = OWN, ladder: set[int] | None = None) -> CheckFacts:
    return CheckFacts(worker=worker, team=team, ladder=frozenset(ladder or ()))


# One letter per person in the order of PEOPLE: may, or not (-).
WLHCAN = tuple(PEOPLE)
TABLE: dict[str, tuple[Callable[[Viewer], bool], str]] = {
    "may_see_roster own": (lambda v: policy.may_see_roster(v, OWN), "WL-C--"),
    "may_see_roster other": (lambda v: policy.may_see_roster(v, OTHER), "---C--"),
    "may_plan own": (lambda v: policy.may_plan(v, OWN), "-L----"),
    "may_plan other": (lambda v: policy.may_plan(v, OTHER), "------"),
    "plans_own own, their team's way": (
        lambda v: policy.plans_own(v, OWN, self_planned=True),
        "W-----",
    ),
    "plans_own own, not their way": (
        lambda v: policy.plans_own(v, OWN, self_planned=False),
        "------",
    ),
    "plans_own other": (lambda v: policy.plans_own(v, OTHER, self_planned=True), "------"),
    "may_change_visit they go on": (
        lambda v: policy.may_change_visit(v, _visit(workers={v.worker or 999})),
        "WL----",
    ),
    "may_change_visit of their caseload": (
        lambda v: policy.may_change_visit(v, _visit(caseload={v.worker or 999})),
        "WL----",
    ),
    "may_change_visit of a colleague": (
        lambda v: policy.may_change_visit(v, _visit(workers={COLLEAGUE}, caseload={COLLEAGUE})),
        "-L----",
    ),
    "may_change_visit where the lead plans": (
        lambda v: policy.may_change_visit(v, _visit(workers={v.worker or 999}, theirs=False)),
        "-L----",
    ),
    "may_change_visit other": (
        lambda v: policy.may_change_visit(v, _visit(workers={v.worker or 999}, team=OTHER)),
        "------",
    ),
    "may_publish own": (lambda v: policy.may_publish(v, OWN), "-L----"),
    "may_publish other": (lambda v: policy.may_publish(v, OTHER), "------"),
    "may_see_absences own": (lambda v: policy.may_see_absences(v, OWN), "WL-C--"),
    "may_see_absences other": (lambda v: policy.may_see_absences(v, OTHER), "---C--"),
    "may_see_tenant own": (lambda v: policy.may_see_tenant(v, TENANT), "WLHC--"),
    "may_see_tenant other": (lambda v: policy.may_see_tenant(v, OTHER_TENANT), "--HC--"),
    "may_see_tenant no team": (lambda v: policy.may_see_tenant(v, NO_TEAM_TENANT), "--HC--"),
    "sees_tenant_names own": (lambda v: policy.sees_tenant_names(v, TENANT), "WLHC--"),
    "sees_tenant_names other": (lambda v: policy.sees_tenant_names(v, OTHER_TENANT), "--HC--"),
    "sees_housing own": (lambda v: policy.sees_housing(v, TENANT), "WLHC--"),
    "sees_housing other": (lambda v: policy.sees_housing(v, OTHER_TENANT), "--HC--"),
    "sees_support_reasons own": (lambda v: policy.sees_support_reasons(v, TENANT), "WL-C--"),
    "sees_support_reasons other": (
        lambda v: policy.sees_support_reasons(v, OTHER_TENANT),
        "---C--",
    ),
    "sees_safety_reasons own": (lambda v: policy.sees_safety_reasons(v, TENANT), "-L----"),
    "sees_safety_reasons other": (lambda v: policy.sees_safety_reasons(v, OTHER_TENANT), "------"),
    "may_make_feed own round": (
        lambda v: policy.may_make_feed(v, worker=v.worker or 999),
        "WL----",
    ),
    "may_make_feed colleague": (lambda v: policy.may_make_feed(v, worker=COLLEAGUE), "------"),
    "may_make_feed own team": (lambda v: policy.may_make_feed(v, team=OWN), "WL----"),
    "may_make_feed other team": (lambda v: policy.may_make_feed(v, team=OTHER), "------"),
    "may_see_feed own": (lambda v: policy.may_see_feed(v, FeedFacts(owner=v.account)), "WLHCAN"),
    "may_see_feed of another": (lambda v: policy.may_see_feed(v, FeedFacts(owner=99)), "----A-"),
    "may_renew_feed own": (
        lambda v: policy.may_renew_feed(v, FeedFacts(owner=v.account)),
        "WLHCAN",
    ),
    "may_renew_feed of another": (
        lambda v: policy.may_renew_feed(v, FeedFacts(owner=99)),
        "------",
    ),
    "may_revoke_feed own": (
        lambda v: policy.may_revoke_feed(v, FeedFacts(owner=v.account)),
        "WLHCAN",
    ),
    "may_revoke_feed of another": (
        lambda v: policy.may_revoke_feed(v, FeedFacts(owner=99)),
        "----A-",
    ),
    "may_manage_accounts": (policy.may_manage_accounts, "----A-"),
    "may_record own": (lambda v: policy.may_record(v, TENANT), "WL----"),
    "may_record other": (lambda v: policy.may_record(v, OTHER_TENANT), "------"),
    "may_record no team": (lambda v: policy.may_record(v, NO_TEAM_TENANT), "------"),
    "may_edit_person own": (lambda v: policy.may_edit_person(v, TENANT), "WL-C--"),
    "may_edit_person other": (lambda v: policy.may_edit_person(v, OTHER_TENANT), "---C--"),
    "may_edit_support own": (lambda v: policy.may_edit_support(v, TENANT), "WL----"),
    "may_edit_support other": (lambda v: policy.may_edit_support(v, OTHER_TENANT), "------"),
    "may_raise_flag own": (lambda v: policy.may_raise_flag(v, TENANT), "WL----"),
    "may_raise_flag other": (lambda v: policy.may_raise_flag(v, OTHER_TENANT), "------"),
    "may_edit_safety own": (lambda v: policy.may_edit_safety(v, TENANT), "-L----"),
    "may_edit_safety other": (lambda v: policy.may_edit_safety(v, OTHER_TENANT), "------"),
    "may_add_tenants": (policy.may_add_tenants, "-L-C--"),
    "may_add_teams": (policy.may_add_teams, "---C--"),
    "may_assign own": (lambda v: policy.may_assign(v, OWN), "-L-C--"),
    "may_assign other": (lambda v: policy.may_assign(v, OTHER), "---C--"),
    "may_see_worker oneself": (
        lambda v: policy.may_see_worker(v, worker=v.worker or 999, teams=frozenset()),
        "WLHC--",
    ),
    "may_see_worker colleague": (
        lambda v: policy.may_see_worker(v, worker=COLLEAGUE, teams=frozenset({OWN})),
        "WL-C--",
    ),
    "may_see_worker other": (
        lambda v: policy.may_see_worker(v, worker=COLLEAGUE, teams=frozenset({OTHER})),
        "---C--",
    ),
    "may_edit_worker own": (
        lambda v: policy.may_edit_worker(v, teams=frozenset({OWN})),
        "-L-C--",
    ),
    "may_edit_worker other": (
        lambda v: policy.may_edit_worker(v, teams=frozenset({OTHER})),
        "---C--",
    ),
    "may_exclude_worker own": (
        lambda v: policy.may_exclude_worker(v, teams=frozenset({OWN})),
        "-L----",
    ),
    "may_exclude_worker other": (
        lambda v: policy.may_exclude_worker(v, teams=frozenset({OTHER})),
        "------",
    ),
    "may_enter_absence oneself": (
        lambda v: policy.may_enter_absence(
            v, worker=v.worker or 999, teams=frozenset({OTHER}), by_workers=True
        ),
        "WLHC--",
    ),
    "may_enter_absence oneself, not by workers": (
        lambda v: policy.may_enter_absence(
            v, worker=v.worker or 999, teams=frozenset({OWN}), by_workers=False
        ),
        "-L-C--",
    ),
    "may_enter_absence colleague": (
        lambda v: policy.may_enter_absence(
            v, worker=COLLEAGUE, teams=frozenset({OWN}), by_workers=True
        ),
        "-L-C--",
    ),
    "may_edit_team own": (lambda v: policy.may_edit_team(v, OWN), "-L----"),
    "may_edit_team other": (lambda v: policy.may_edit_team(v, OTHER), "------"),
    "may_see_check own team": (lambda v: policy.may_see_check(v, _check()), "WL----"),
    "may_see_check other team": (lambda v: policy.may_see_check(v, _check(team=OTHER)), "------"),
    "may_see_check told": (
        lambda v: policy.may_see_check(v, _check(team=OTHER, ladder={5, 6, 7, 8})),
        "WL-C--",
    ),
    "may_check_out own team": (lambda v: policy.may_check_out(v, _check()), "WL----"),
    "may_check_out told": (
        lambda v: policy.may_check_out(v, _check(team=OTHER, ladder={7, 8})),
        "---C--",
    ),
    "may_say_safe self": (lambda v: policy.may_say_safe(v, _check(worker=5)), "W-----"),
    "may_say_safe not in a team": (lambda v: policy.may_say_safe(v, _check(worker=8)), "------"),
    "may_see_alerts own": (lambda v: policy.may_see_alerts(v, OWN), "WL-C--"),
    "may_see_alerts other": (lambda v: policy.may_see_alerts(v, OTHER), "---C--"),
    "may_log_alert own": (lambda v: policy.may_log_alert(v, OWN), "WL----"),
    "may_log_alert other": (lambda v: policy.may_log_alert(v, OTHER), "------"),
    "may_decide_alert own": (lambda v: policy.may_decide_alert(v, OWN), "-L----"),
    "may_decide_alert other": (lambda v: policy.may_decide_alert(v, OTHER), "------"),
}


@pytest.mark.parametrize("question", TABLE)
def test_each_person_may_what_the_table_says(question: str) -> None:
    ask, expected = TABLE[question]
    answers = "".join(name[0].upper() if ask(person) else "-" for name, person in PEOPLE.items())
    assert answers == expected


def test_every_function_of_the_policy_stands_in_the_table() -> None:
    functions = {
        name
        for name, value in vars(policy).items()
        if inspect.isfunction(value) and name.startswith(("may_", "plans_", "sees_"))
    }
    assert functions == {question.split()[0] for question in TABLE}


def test_several_roles_may_what_any_of_them_may() -> None:
    both = viewer(HeldRole(Role.ADMINISTRATOR), HeldRole(Role.TEAM_LEAD, OWN))
    assert policy.may_manage_accounts(both)
    assert policy.may_plan(both, OWN)
    assert not policy.may_plan(both, OTHER)
    assert policy.may_see_tenant(both, TENANT)
    assert not policy.may_see_tenant(both, OTHER_TENANT)


def test_a_tenant_of_two_teams_is_seen_by_both() -> None:
    shared = TenantFacts(frozenset({OWN, OTHER}))
    assert policy.may_see_tenant(PEOPLE["worker"], shared)
    assert policy.may_see_tenant(viewer(HeldRole(Role.WORKER, OTHER)), shared)


def test_lists_are_filtered_like_single_objects() -> None:
    assert policy.tenant_teams_filter(PEOPLE["worker"]) == {OWN}
    assert policy.tenant_teams_filter(PEOPLE["housing"]) is None
    assert policy.tenant_teams_filter(PEOPLE["administrator"]) == frozenset()
    assert policy.roster_teams_filter(PEOPLE["coordinator"]) is None
    assert policy.roster_teams_filter(PEOPLE["housing"]) == frozenset()
    assert policy.worker_teams_filter(PEOPLE["worker"]) == {OWN}
    assert policy.worker_teams_filter(PEOPLE["coordinator"]) is None
    assert policy.worker_teams_filter(PEOPLE["housing"]) == frozenset()


def test_a_feed_is_asked_for_of_one_thing() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        policy.may_make_feed(PEOPLE["worker"], worker=5, team=OWN)
    with pytest.raises(ValueError, match="exactly one"):
        policy.may_make_feed(PEOPLE["worker"])
