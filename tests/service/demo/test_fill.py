"""Filling a database: once, whole, and never one that holds somebody else."""

import time
from datetime import date

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.demo.actions import NotEmpty, fill
from service.demo.cli import said
from service.demo.queries import demonstration
from tests.service import factories

TODAY = date(2026, 11, 22)


async def test_an_empty_database_is_filled_within_twenty_seconds_and_marked(
    rolled_back: UnitOfWork,
) -> None:
    began = time.perf_counter()
    filled = await fill(seed=3, today=TODAY)
    assert time.perf_counter() - began < 20
    assert filled.written["encounters"] == await fetch_value("select count(*) from encounters")
    marker = await demonstration()
    assert marker == filled.marker
    assert marker is not None
    assert (marker.seed, marker.today) == (3, TODAY)


async def test_the_same_again_keeps_what_is_there(rolled_back: UnitOfWork) -> None:
    await fill(seed=3, today=TODAY)
    before = await fetch_all("select id, starts_at from encounters order by id")
    await execute("update tenants set phone = 'changed' where code = 'T001'")
    again = await fill(seed=3, today=date(2026, 12, 24))
    assert again.written == {}
    assert again.marker.today == TODAY
    assert await fetch_all("select id, starts_at from encounters order by id") == before
    assert await fetch_value("select phone from tenants where code = 'T001'") == "changed"
    assert said(again) == (
        "The demonstration of seed 3 is there already, made for 22/11/2026: kept as it is."
    )


async def test_another_seed_is_refused(rolled_back: UnitOfWork) -> None:
    await fill(seed=3, today=TODAY)
    with pytest.raises(NotEmpty, match="the demonstration of seed 3 already"):
        await fill(seed=4, today=TODAY)


async def test_a_database_with_people_is_left_alone(rolled_back: UnitOfWork) -> None:
    await factories.tenant()
    with pytest.raises(NotEmpty, match="holds people already"):
        await fill(seed=1, today=TODAY)
    assert await fetch_value("select count(*) from tenants") == 1
    assert await fetch_value("select count(*) from workers") == 0


async def test_the_clock_says_for_which_day(rolled_back: UnitOfWork) -> None:
    at = clock.now().replace(year=2027, month=3, day=1)
    with clock.stopped(at):
        filled = await fill(seed=5)
    assert filled.marker.today == date(2027, 3, 1)
    found = await fetch_all("select min(starts_at), max(starts_at) from encounters")
    first, last = found[0]["min"].date(), found[0]["max"].date()
    assert first.year == 2026
    assert last < date(2027, 3, 1)
