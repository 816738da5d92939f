"""Weights for kinds of team: valid, reasoned, and never cheaper to cancel than to move."""

from dataclasses import fields, replace

import pytest

from scheduling.instances import validated
from scheduling.presets import PRESETS, PresetName
from scheduling.weights import Weights
from tests.scheduling.factories import problem


def test_every_name_has_its_preset() -> None:
    assert set(PRESETS) == set(PresetName)


@pytest.mark.parametrize("name", PresetName)
def test_every_weight_of_its_own_has_a_reason_and_no_other(name: PresetName) -> None:
    preset, general = PRESETS[name], Weights()
    own = {
        f.name
        for f in fields(Weights)
        if getattr(preset.weights, f.name) != getattr(general, f.name)
    }
    given = [weight for weights in preset.reasons for weight in weights]
    assert len(given) == len(set(given))
    assert set(given) == own
    assert all(reason.endswith(".") for reason in preset.reasons.values())


@pytest.mark.parametrize("name", PresetName)
def test_a_problem_takes_it(name: PresetName) -> None:
    validated(replace(problem(), weights=PRESETS[name].weights))


@pytest.mark.parametrize("name", PresetName)
def test_calling_off_never_pays(name: PresetName) -> None:
    weights = PRESETS[name].weights
    assert weights.change_cancelled >= weights.change_worker + weights.change_day
    assert weights.unplaced_must >= weights.unplaced_should >= weights.unplaced_want
    assert weights.distinct is None
