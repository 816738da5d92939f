"""Forms: all errors at once, beside the field, what was typed kept."""

from datetime import date
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from service.access.states import Language
from service.errors import Invalid
from service.web.forms import parse_form
from service.web.i18n import N_, speaking


class Visit(msgspec.Struct, frozen=True):
    day: date
    minutes: Annotated[int, Meta(ge=5, le=240)]
    language: Language
    password: str
    note: Annotated[str, Meta(max_length=5)] = ""
    reasons: tuple[Language, ...] = ()


GOOD = {
    "day": ["2026-11-30"],
    "minutes": [" 45 "],
    "language": ["nl"],
    "password": [" kept "],
    "reasons": ["nl", "fr"],
}


def test_a_good_form_becomes_a_struct() -> None:
    form = parse_form(GOOD, Visit)
    assert form.errors == {}
    assert form.data == Visit(
        day=date(2026, 11, 30),
        minutes=45,
        language=Language.DUTCH,
        password=" kept ",
        reasons=(Language.DUTCH, Language.FRENCH),
    )


def test_all_errors_come_at_once_and_what_was_typed_stays() -> None:
    sent = {"day": ["tomorrow"], "minutes": ["1"], "language": ["de"], "note": ["too long"]}
    with speaking(Language.DUTCH):
        form = parse_form(sent, Visit)
    assert form.data is None
    assert form.errors == {
        "day": "Geef een datum, zoals 2026-11-30.",
        "minutes": "Geef een geheel getal.",
        "language": "Kies een van de mogelijkheden.",
        "password": "Vul dit in.",
        "note": "Dit is te kort, te lang of niet in de verwachte vorm.",
    }
    assert form.values == {
        "day": "tomorrow",
        "minutes": "1",
        "language": "de",
        "note": "too long",
    }


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_nobody_can_mean_is_an_error_beside_its_field(day: str) -> None:
    form = parse_form(GOOD | {"day": [day]}, Visit)
    assert form.errors == {"day": "Give a date, such as 2026-11-30."}
    assert parse_form(GOOD | {"day": ["1900-01-01"]}, Visit).errors == {}


def test_so_is_a_number_that_the_database_does_not_hold() -> None:
    class Version(msgspec.Struct):
        version: int

    assert parse_form({"version": [str(2**31 - 1)]}, Version).data == Version(2**31 - 1)
    for number in (2**31, -(2**31), 10**30):
        assert list(parse_form({"version": [str(number)]}, Version).errors) == ["version"]


def test_a_password_is_never_given_back() -> None:
    assert "password" not in parse_form(GOOD, Visit).values


def test_unknown_fields_reach_nothing() -> None:
    form = parse_form(GOOD | {"role": ["administrator"]}, Visit)
    assert form.data is not None
    assert not hasattr(form.data, "role")
    assert "role" not in form.values


def test_a_file_in_place_of_a_text_is_an_empty_field() -> None:
    assert parse_form(GOOD | {"day": [b"\x00"]}, Visit).errors == {"day": "Fill this in."}


@pytest.mark.parametrize("language", [Language.FRENCH, Language.DUTCH])
def test_an_actions_refusal_joins_the_form_translated(language: Language) -> None:
    with speaking(language):
        form = parse_form(GOOD, Visit).refused(Invalid({"day": N_("Fill this in.")}))
    assert form.data is None
    assert form.errors["day"] in ("Remplissez ce champ.", "Vul dit in.")
    assert form.values["minutes"] == "45"


def test_what_no_database_can_hold_is_an_error_of_its_field() -> None:
    form = parse_form(GOOD | {"note": ["a\0"], "password": ["\ud800" * 20]}, Visit)
    assert sorted(form.errors) == ["note", "password"]
    assert "note" not in form.values
