"""Names are found however they are typed."""

import pytest

from service.people.names import fold, name_key


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Özgür", "ozgur"),
        ("Ülker", "ulker"),
        ("Łukasz", "lukasz"),
        ("Iğdır", "igdir"),
        ("Søren", "soren"),
        ("Đặng", "dang"),
        ("Françoise", "francoise"),
        ("STRAßE", "strasse"),
    ],
)
def test_diacritics_fold_away(written: str, typed: str) -> None:
    assert fold(written) == fold(typed) == typed


def test_a_key_begins_with_the_last_name() -> None:
    assert name_key(first="Élodie", last="De Smet") == "de smet elodie"
