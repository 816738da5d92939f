"""The duties of a team's week: which slots there are, on which days, for whom."""

from collections.abc import Sequence

import msgspec

from service.access.policy import Viewer
from service.errors import Invalid, NotFound
from service.teams.changes.team import edited_team
from service.teams.duty_rules import DutyRule
from service.undo.said import Edited
from service.web.i18n import N_


async def save_duty(
    viewer: Viewer,
    team: str,
    rule: DutyRule,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Add a duty, or change the one at `row` (from 1). Weeks to come have its slots; those given
    to somebody by hand or published stay.

    Raises as `edited_team` does, and `Invalid` by field.
    """
    async with edited_team(
        viewer, team, action="change duties", expected_version=expected_version
    ) as edit:
        rules = list(edit.team.policy.duties)
        if row is None:
            rules.append(rule)
        else:
            rules[_index(rules, row)] = rule
        _check(rules, rule)
        edit.detail["kind"] = rule.kind.value
        policy = msgspec.structs.replace(edit.team.policy, duties=tuple(rules))
        await edit.settle(policy, own_weights=edit.own_weights())
    return edit.edited


async def remove_duty(
    viewer: Viewer, team: str, row: int, *, expected_version: int | None = None
) -> Edited:
    """Take a duty out of the weeks to come."""
    async with edited_team(
        viewer, team, action="change duties", expected_version=expected_version
    ) as edit:
        rules = list(edit.team.policy.duties)
        gone = rules.pop(_index(rules, row))
        edit.detail["kind"] = gone.kind.value
        policy = msgspec.structs.replace(edit.team.policy, duties=tuple(rules))
        await edit.settle(policy, own_weights=edit.own_weights())
    return edit.edited


def _index(rules: Sequence[DutyRule], row: int) -> int:
    if not 1 <= row <= len(rules):
        raise NotFound
    return row - 1


def _check(rules: Sequence[DutyRule], rule: DutyRule) -> None:
    if not rule.weekdays:
        raise Invalid({"weekdays": N_("Choose at least one day.")})
    alike = sum(
        other.kind is rule.kind
        and other.from_minute == rule.from_minute
        and bool(set(other.weekdays) & set(rule.weekdays))
        for other in rules
    )
    if alike > 1:
        raise Invalid({"weekdays": N_("The same duty begins then already on one of these days.")})
