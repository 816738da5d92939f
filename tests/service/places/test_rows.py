"""Municipalities and places as rows."""

from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.places.actions import ensure_municipalities
from service.places.queries import PlacePoint, place_points
from service.places.states import PlaceKind
from tests.service import factories


async def test_the_nineteen_are_put_in_once_however_often_asked(rolled_back: UnitOfWork) -> None:
    await ensure_municipalities(rolled_back)
    await ensure_municipalities(rolled_back)
    rows = await fetch_all("select * from municipalities order by refnis")
    assert len(rows) == 19
    assert rows[3] == {
        "refnis": "21004",
        "name_fr": "Bruxelles",
        "name_nl": "Brussel",
        "main_postcode": "1000",
    }


async def test_a_wrong_name_is_put_right_and_other_rows_are_not_touched(
    rolled_back: UnitOfWork,
) -> None:
    await ensure_municipalities(rolled_back)
    await execute("update municipalities set name_nl = 'Brussels' where refnis = '21004'")
    before = await fetch_value("select xmin::text from municipalities where refnis = '21009'")
    await ensure_municipalities(rolled_back)
    assert await fetch_value("select name_nl from municipalities where refnis = '21004'") == (
        "Brussel"
    )
    after = await fetch_value("select xmin::text from municipalities where refnis = '21009'")
    assert after == before
    name = await fetch_value("select name_fr from municipalities where refnis = '21009'")
    assert name == "Ixelles"


async def test_points_of_places_by_id_without_those_that_are_not_there(
    rolled_back: UnitOfWork,
) -> None:
    home = await factories.place(lat=50.88, lon=4.33, refnis="21010")
    base = await factories.place(kind="base")
    points = await place_points([base, home, home, base + 1000])
    assert list(points) == [home, base]
    assert points[home] == PlacePoint(
        id=home, kind=PlaceKind.HOME, municipality="21010", lat=50.88, lon=4.33
    )
    assert await place_points([]) == {}
