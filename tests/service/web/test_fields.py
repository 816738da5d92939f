"""Fields are made of their form's struct: bounds, what is required, no name that it has not."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from service.access.states import Language
from service.web.dates import weekday_name
from service.web.fields import Field, FieldKind, FieldsOf, options_of, weekday_options
from service.web.i18n import speaking

Minutes = Annotated[int, Meta(ge=5, le=600)]


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Stay(msgspec.Struct, kw_only=True):
    """A form with a field of each sort."""

    minutes: Minutes
    wish: Minutes | None = None
    at_least: Annotated[int, Meta(ge=0)] = 0
    day: date
    until: date | None = None
    colour: Colour = Colour.RED
    dogs: bool = False
    name: str = ""


STAY = FieldsOf(Stay)


@pytest.mark.parametrize(
    ("name", "bounds"), [("minutes", (5, 600)), ("wish", (5, 600)), ("at_least", (0, None))]
)
def test_a_number_has_the_bounds_of_its_type(name: str, bounds: tuple[int, int | None]) -> None:
    field = STAY.number(name, "It takes", unit="minutes")
    assert (field.least, field.most) == bounds
    assert (field.kind, field.label, field.unit) == (FieldKind.NUMBER, "It takes", "minutes")


def test_what_has_no_default_is_required() -> None:
    assert STAY.date("day", "Day") == Field(
        name="day", label="Day", kind=FieldKind.DATE, required=True
    )
    assert STAY.number("minutes", "It takes").required
    optional = (STAY.date("until", "Until"), STAY.number("wish", "Rather"), STAY.text("name", "?"))
    assert not any(field.required for field in optional)


def test_a_choice_with_a_default_can_be_shown_as_required() -> None:
    options = options_of(Colour, str.upper)
    assert options == [("red", "RED"), ("blue", "BLUE")]
    assert not STAY.select("colour", "Colour", options).required
    assert STAY.select("colour", "Colour", options, required=True).required
    assert STAY.radio("colour", "Colour", options).required


def test_the_rest_is_as_it_is_told() -> None:
    said = STAY.text("name", "Name", hint="Any.", heading="Who", short=True, row="top")
    assert said == Field(
        name="name", label="Name", hint="Any.", heading="Who", short=True, row="top"
    )
    assert STAY.suggest("name", "Near", ["Midi"]).options == [("Midi", "")]
    assert STAY.hidden("name") == Field(name="name", kind=FieldKind.HIDDEN)


@pytest.mark.parametrize("kind", ["text", "area", "date", "time", "number", "check", "phone"])
def test_a_name_that_the_form_has_not_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match=r"^Stay has no 'minute', only minutes, wish, "):
        getattr(STAY, kind)("minute", "It takes")


@pytest.mark.parametrize("kind", ["checks", "radio", "select", "suggest"])
def test_so_is_one_of_a_choice(kind: str) -> None:
    with pytest.raises(ValueError, match="has no 'color'"):
        getattr(STAY, kind)("color", "Colour", [])
    with pytest.raises(ValueError, match="has no 'color'"):
        STAY.hidden("color")


def test_a_number_of_something_else_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Stay\.day is shown as a number but is no int\."):
        STAY.number("day", "Day")


def test_the_days_of_the_week_are_chosen_by_number() -> None:
    with speaking(Language.DUTCH):
        options = weekday_options()
    assert options[0] == ("1", "maandag")
    assert [number for number, _name in options] == list("1234567")
    assert weekday_name(7, short=True) == "Sun"
