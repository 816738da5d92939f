"""A team's settings: defaults by kind, what is stored laid over them, nothing misspelt."""

from dataclasses import replace

import pytest

from scheduling.presets import PRESETS, PresetName
from scheduling.weights import Weights
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


def test_each_kind_plans_by_the_weights_of_its_way_of_working() -> None:
    for kind, preset in (
        (TeamKind.ACT, PresetName.ACT),
        (TeamKind.ICM, PresetName.ICM),
        (TeamKind.MOBILE, PresetName.OUTREACH),
        (TeamKind.SUPPORT, PresetName.SUPPORT),
    ):
        policy = read_policy(kind, "{}")
        assert (policy.weights_preset, policy.weights) == (preset, PRESETS[preset].weights)
    assert read_policy(TeamKind.HOUSING, "{}").weights == Weights()


def test_another_way_of_working_is_a_setting_and_own_prices_lie_over_it() -> None:
    stored = '{"weights_preset": "crisis", "weights": {"limit": null, "travel": 2}}'
    policy = read_policy(TeamKind.MOBILE, stored)
    crisis = PRESETS[PresetName.CRISIS].weights
    assert policy.weights == replace(crisis, limit=None, travel=2)
    assert read_policy(TeamKind.MOBILE, policy_changes(TeamKind.MOBILE, policy)) == policy
    general = read_policy(TeamKind.ACT, '{"weights_preset": null}')
    assert general.weights == Weights()
    assert read_policy(TeamKind.ACT, policy_changes(TeamKind.ACT, general)) == general


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
        '{"weights": {"travel": null}}',
        '{"weights": {"travel": -1}}',
        '{"weights": {"limit": 1000001}}',
        '{"weights": {"limit": "hard"}}',
        '{"weights_preset": "night"}',
        '{"meetings": [{"weekdays": [8], "from_minute": 0, "to_minute": 10}]}',
        "[]",
    ],
)
def test_bad_settings_are_refused_in_a_sentence(stored: str) -> None:
    with pytest.raises(Misconfigured):
        read_policy(TeamKind.ACT, stored)
