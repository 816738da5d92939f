"""A team's settings: defaults by kind, what is stored laid over them, nothing misspelt."""

import pytest

from service.errors import Misconfigured
from service.people.states import AgreementPreset
from service.teams.policy import Caseload, default_policy, policy_changes, read_policy
from service.teams.states import TeamKind


def test_each_kind_has_its_defaults() -> None:
    assert read_policy(TeamKind.ACT, "{}").caseload is Caseload.ROTATION
    assert read_policy(TeamKind.ICM, "{}").caseload is Caseload.CONTINUITY
    assert read_policy(TeamKind.MOBILE, "{}").planned
    assert not read_policy(TeamKind.HOUSING, "{}").planned


def test_what_is_stored_replaces_only_what_it_names() -> None:
    stored = '{"reserve_minutes": 0, "presets": {"act": {"minutes": 60}}, "weights": {"travel": 3}}'
    policy = read_policy(TeamKind.ACT, stored)
    assert policy.reserve_minutes == 0
    assert policy.presets[AgreementPreset.ACT].minutes == 60
    assert policy.presets[AgreementPreset.ACT].contacts == 2
    assert policy.presets[AgreementPreset.STABLE].longest_gap_days == 21
    assert policy.weights.travel == 3
    assert policy.weights.unplaced_must == 10000


def test_what_differs_is_stored_and_read_again() -> None:
    policy = read_policy(TeamKind.ICM, '{"opening_to": 1200, "weights": {"waiting": 1}}')
    assert read_policy(TeamKind.ICM, policy_changes(TeamKind.ICM, policy)) == policy
    assert policy_changes(TeamKind.ICM, default_policy(TeamKind.ICM)) == b"{}"


@pytest.mark.parametrize(
    "stored",
    [
        '{"reserve": 10}',
        '{"opening_from": 2000}',
        '{"weights": {"travl": 1}}',
        '{"meetings": [{"weekdays": [8], "from_minute": 0, "to_minute": 10}]}',
        "[]",
    ],
)
def test_bad_settings_are_refused_in_a_sentence(stored: str) -> None:
    with pytest.raises(Misconfigured):
        read_policy(TeamKind.ACT, stored)
