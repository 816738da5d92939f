"""Rows for municipalities and for every place somebody can be met at."""

from piccolo.columns import DoublePrecision, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table

from service.places.states import PlaceKind


class Municipality(Table, tablename="municipalities"):
    """One of the 19 municipalities, by its REFNIS code."""

    refnis = Varchar(length=5, primary_key=True)
    name_fr = Varchar(length=80)
    name_nl = Varchar(length=80)
    main_postcode = Varchar(length=4)


class Place(Table, tablename="places"):
    """A point with an address; its municipality is decided by the polygon, not the postcode."""

    kind = Varchar(length=20, choices=PlaceKind)
    name_fr = Varchar(length=160, default="")
    name_nl = Varchar(length=160, default="")
    street_fr = Varchar(length=160, default="")
    street_nl = Varchar(length=160, default="")
    house_number = Varchar(length=16, default="")
    box = Varchar(length=16, default="")
    postcode = Varchar(length=4, default="")
    municipality = ForeignKey(references=Municipality, null=False, target_column="refnis")
    lat = DoublePrecision()
    lon = DoublePrecision()
    opening_hours = Text(default="", help_text="as open data writes it; empty where unknown")
    updated_at = Timestamptz()
