"""Telling people: in the unit of work of the cause, once, to whom it concerns."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from service.database.sql import execute, fetch_all
from service.database.unit_of_work import UnitOfWork
from service.errors import Refused, Stale
from service.notices.actions import mark_all_read, mark_read, mark_unread, notify
from service.notices.queries import my_notices, unread_count
from service.notices.states import LoneStep, NoticeKind
from service.notices.types import (
    AbsenceNoted,
    ChangedToday,
    LoneWorkerStep,
    Message,
    NoContact,
    Proposal,
    Recipients,
    RepairAsked,
    WeekPublished,
    kind_of,
    object_of,
    path_of,
)
from service.web.routing import declared_routes
from tests.service import factories as make
from tests.support.web import make_app, person

pytestmark = pytest.mark.anyio

DAY = date(2026, 11, 30)
AWAY = AbsenceNoted(worker="W01", starts_on=DAY, ends_on=None, visits=3)
MESSAGES: tuple[Message, ...] = (
    WeekPublished(team="ACT", week=DAY, revision=1, new=2, days=(DAY,)),
    ChangedToday(team="ACT", day=DAY, revision=2, cancelled=1),
    RepairAsked(team="ACT", week=DAY, worker="W01", visits=3),
    AWAY,
    LoneWorkerStep(check=4, worker="W01", step=LoneStep.LEAD, minutes=30),
    NoContact(alert=7, tenant="T-001", days=12, missed=3),
    Proposal(team="ACT", worker="W01", tenant="T-001", visit=9, outcome="not_home"),
)


def to(*accounts: int) -> Recipients:
    return Recipients(accounts=frozenset(accounts))


async def test_each_kind_has_a_message_that_survives_storage(rolled_back: UnitOfWork) -> None:
    assert {kind_of(message) for message in MESSAGES} == set(NoticeKind)
    reader = await make.account("reader", role="coordinator")
    for message in MESSAGES:
        await notify(rolled_back, message, to=to(reader.account), key=f"k:{kind_of(message)}")
    found = await my_notices(reader)
    assert tuple(notice.message for notice in reversed(found)) == MESSAGES
    assert all(notice.path == path_of(notice.message) for notice in found)
    rows = await fetch_all("select object_kind, object_ref from notices order by id")
    assert [(row["object_kind"], row["object_ref"]) for row in rows] == [
        (about.kind, about.ref) for about in map(object_of, MESSAGES)
    ]


def test_each_kind_leads_to_a_page_that_there_is(tmp_path: Path) -> None:
    pages = [
        re.sub(r"\{[^}]+\}", "[^/]+", path)
        for method, path, _ in declared_routes(make_app(tmp_path))
        if method == "GET"
    ]
    for message in MESSAGES:
        path = path_of(message)
        assert any(re.fullmatch(page, path) for page in pages), path
    assert path_of(MESSAGES[1]) == "/today/2026-11-30"


async def test_it_tells_accounts_workers_and_leads_once_each(rolled_back: UnitOfWork) -> None:
    act, icm = await make.team("ACT"), await make.team("ICM", kind="icm")
    first, second = await make.worker("W01", team=act), await make.worker("W02", team=act)
    await make.worker("W03", team=act)  # has no account
    lead = await person("lead", ("team_lead", act), ("worker", act), worker=first)
    colleague = await person("colleague", ("worker", act), worker=second)
    other = await person("other", ("team_lead", icm))
    told = Recipients(
        accounts=frozenset({lead.account, 999_999}),
        workers=frozenset({"W01", "W02", "W03"}),
        leads_of=frozenset({act}),
    )
    assert await notify(rolled_back, AWAY, to=told, key="absence:1") == 2
    assert [await unread_count(who.account) for who in (lead, colleague, other)] == [1, 1, 0]


async def test_a_lead_who_left_the_team_is_not_told(rolled_back: UnitOfWork) -> None:
    team = await make.team("ACT")
    left, back = await make.worker("W01"), await make.worker("W02")
    for worker in (left, back):
        await make.membership(worker=worker, team=team, ends_on=make.LONG_AGO + timedelta(days=9))
    await make.membership(worker=back, team=team, starts_on=make.LONG_AGO + timedelta(days=90))
    former = await person("former", ("team_lead", team), worker=left)
    returned = await person("returned", ("team_lead", team), worker=back)
    told = Recipients(leads_of=frozenset({team}))
    assert await notify(rolled_back, AWAY, to=told, key="absence:1") == 1
    assert [await unread_count(who.account) for who in (former, returned)] == [0, 1]


async def test_a_key_has_its_effect_once(rolled_back: UnitOfWork) -> None:
    reader = await make.account("reader", role="coordinator")
    for message, key in ((AWAY, "absence:1"), (replace_visits(5), "absence:1"), (AWAY, "other")):
        await notify(rolled_back, message, to=to(reader.account), key=key)
    assert [notice.message for notice in await my_notices(reader)] == [AWAY, AWAY]


def replace_visits(visits: int) -> AbsenceNoted:
    return msgspec.structs.replace(AWAY, visits=visits)


async def test_without_the_cause_there_is_no_notice(rolled_back: UnitOfWork) -> None:
    reader = await make.account("reader", role="coordinator")

    async def fails_afterwards() -> None:
        async with rolled_back.savepoint():
            await notify(rolled_back, AWAY, to=to(reader.account), key="absence:1")
            raise Stale

    with pytest.raises(Stale):
        await fails_afterwards()
    assert await unread_count(reader.account) == 0


async def test_an_ended_account_is_not_told(rolled_back: UnitOfWork) -> None:
    reader = await make.account("reader", role="coordinator", active=False)
    assert await notify(rolled_back, AWAY, to=to(reader.account), key="absence:1") == 0


async def test_a_notice_leads_nowhere_else(rolled_back: UnitOfWork) -> None:
    reader = await make.account("reader", role="coordinator")
    with pytest.raises(Refused):
        async with rolled_back.savepoint():
            await notify(
                rolled_back, AWAY, to=to(reader.account), key="x", path="//elsewhere.example"
            )


async def test_what_was_turned_off_is_kept_but_not_shown(rolled_back: UnitOfWork) -> None:
    reader = await make.account("reader", role="coordinator")
    for kind in NoticeKind:
        await make.insert("notice_choices", account=reader.account, kind=kind.value, in_app=False)
    for message in MESSAGES:
        await notify(rolled_back, message, to=to(reader.account), key=f"k:{kind_of(message)}")
    shown = {kind_of(notice.message) for notice in await my_notices(reader)}
    assert shown == {NoticeKind.CHANGED_TODAY, NoticeKind.LONE_WORKER}
    assert await unread_count(reader.account) == 2
    assert len(await fetch_all("select from notices")) == len(MESSAGES)


async def test_only_ones_own_are_read(rolled_back: UnitOfWork) -> None:
    one = await make.account("one", role="coordinator")
    two = await make.account("two", role="coordinator")
    await notify(rolled_back, AWAY, to=to(one.account, two.account), key="absence:1")
    await notify(rolled_back, AWAY, to=to(one.account), key="absence:2")
    first = (await my_notices(one))[-1]
    assert not await mark_read(two, first.id)
    assert await mark_read(one, first.id)
    assert [await unread_count(who.account) for who in (one, two)] == [1, 1]
    assert await mark_unread(one, first.id)
    await execute("update notices set read_at = null")
    assert await mark_all_read(one, up_to=first.id) == 1
    assert [await unread_count(who.account) for who in (one, two)] == [1, 1]
    assert await my_notices(replace(two, account=999_999)) == ()
