"""Published duties in feeds: in the worker's and the team's, in words of the feed's language."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from service.access.states import Language
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.feeds.calendar import render_feed, visit_uid
from service.feeds.content import feed_content
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedContent, FeedScope
from service.feeds.window import holds_until, next_midnight, shown_visits
from service.teams.states import DutyKind
from tests.service import factories as make
from tests.service.feeds.reading import read_events

pytestmark = pytest.mark.anyio

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
EVENING = datetime(2026, 11, 30, 16, tzinfo=UTC)


async def _slot(team: int, worker: int, **more: object) -> None:
    values = {
        "uid": uuid4(),
        "key": f"own.{uuid4()}",
        "kind": "evening",
        "starts_at": EVENING,
        "ends_at": EVENING + timedelta(hours=5),
        "published_worker": worker,
        "changed_at": AT,
        "updated_at": AT,
    }
    await make.insert("duty_slots", **(values | {"team": team} | more))


async def _content(kind: ScopeKind, of: int, level: FeedLevel = FeedLevel.MINIMAL) -> FeedContent:
    return await feed_content(FeedScope(kind, of), level=level, at=AT)


async def test_a_worker_sees_what_was_published_and_nothing_drafted(
    rolled_back: UnitOfWork,
) -> None:
    team = await make.team("ACT")
    one, other = await make.worker(team=team), await make.worker(team=team)
    await _slot(team, one)
    await _slot(team, other)
    tomorrow = {"starts_at": EVENING + timedelta(days=1), "ends_at": EVENING + timedelta(days=2)}
    await _slot(team, one, published_worker=None, **tomorrow)
    mine = (await _content(ScopeKind.WORKER, one)).duties
    assert [(duty.kind, duty.worker) for duty in mine] == [(DutyKind.EVENING, None)]
    everybody = (await _content(ScopeKind.TEAM, team, FeedLevel.INITIALS)).duties
    assert {duty.worker.code for duty in everybody if duty.worker} == {"W-001", "W-002"}
    assert {duty.worker.initials for duty in everybody if duty.worker} == {"F.L."}


async def test_a_duty_leaves_the_feed_after_a_fortnight_and_the_feed_says_when(
    rolled_back: UnitOfWork,
) -> None:
    team = await make.team("ACT")
    worker = await make.worker(team=team)
    long_ago = AT - timedelta(days=20)
    await _slot(team, worker, starts_at=long_ago, ends_at=long_ago + timedelta(hours=5))
    content = await _content(ScopeKind.WORKER, worker)
    assert content.duties == ()
    assert content.left_at is not None
    assert long_ago + timedelta(days=14) < content.left_at <= AT


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.DUTCH, "W-001: Avonddienst"),
        (Language.FRENCH, "W-001 : Service du soir"),
        (Language.ENGLISH, "W-001: Evening duty"),
    ],
)
async def test_its_event(rolled_back: UnitOfWork, language: Language, words: str) -> None:
    team = await make.team("ACT")
    await _slot(team, await make.worker(team=team), sequence=2)
    (duty,) = (await _content(ScopeKind.TEAM, team)).duties
    scope = FeedScope(ScopeKind.TEAM, team)
    body = render_feed((), (duty,), scope=scope, level=FeedLevel.MINIMAL, language=language)
    (event,) = read_events(body)
    text = body.decode()
    assert f"SUMMARY:{words}\r\n" in text
    assert f"UID:{visit_uid(duty.uid)}\r\n" in text
    assert "DTSTART:20261130T160000Z\r\n" in text
    assert "SEQUENCE:2\r\n" in text
    assert "TRANSP:TRANSPARENT\r\n" in text
    assert event is not None


async def _lost(slot_of: int, worker: int, *, cancelled_at: datetime, **more: object) -> None:
    """A worker lost the only slot, after which `slot_of` (or nobody: 0) has it."""
    slot = await fetch_value("select id from duty_slots")
    await execute("update duty_slots set published_worker = $1", slot_of or None)
    values = {
        "slot": slot,
        "worker": worker,
        "starts_at": EVENING,
        "ends_at": EVENING + timedelta(hours=5),
        "sequence": 1,
        "cancelled_at": cancelled_at,
    }
    await make.insert("lost_duties", **(values | more))


def _shown(content: FeedContent, at: datetime) -> list[tuple[bool, int]]:
    return [
        (duty.cancelled_at is not None, duty.sequence) for duty in shown_visits(content.duties, at)
    ]


async def test_a_duty_given_away_is_cancelled_in_the_losers_feed_alone(
    rolled_back: UnitOfWork,
) -> None:
    team = await make.team("ACT")
    one, other = await make.worker(team=team), await make.worker(team=team)
    await _slot(team, one, sequence=1)
    lost_at = EVENING - timedelta(hours=47)
    await _lost(other, one, cancelled_at=lost_at)
    at = lost_at + timedelta(hours=1)
    contents = [
        await feed_content(FeedScope(kind, of), level=FeedLevel.MINIMAL, at=at)
        for kind, of in (
            (ScopeKind.WORKER, one),
            (ScopeKind.WORKER, other),
            (ScopeKind.TEAM, team),
        )
    ]
    assert [_shown(content, at) for content in contents] == [
        [(True, 1)],
        [(False, 1)],
        [(False, 1)],
    ]
    assert holds_until(contents[0].duties, at) == next_midnight(at)
    body = render_feed(
        (),
        contents[0].duties,
        scope=FeedScope(ScopeKind.WORKER, one),
        level=FeedLevel.MINIMAL,
        language=Language.DUTCH,
    ).decode()
    assert "SUMMARY:Geannuleerd: Avonddienst\r\n" in body
    assert "STATUS:CANCELLED\r\n" in body


async def test_a_lost_duty_leaves_after_two_days_and_the_feed_says_when(
    rolled_back: UnitOfWork,
) -> None:
    team = await make.team("ACT")
    worker = await make.worker(team=team)
    await _slot(team, worker)
    lost_at = EVENING - timedelta(hours=2)
    await _lost(0, worker, cancelled_at=lost_at)
    gone_at = lost_at + timedelta(hours=48)
    for kind, of in ((ScopeKind.WORKER, worker), (ScopeKind.TEAM, team)):
        scope = FeedScope(kind, of)
        before, after = gone_at - timedelta(seconds=1), gone_at
        shown = await feed_content(scope, level=FeedLevel.MINIMAL, at=before)
        assert _shown(shown, before) == [(True, 1)]
        assert holds_until(shown.duties, before) == gone_at
        gone = await feed_content(scope, level=FeedLevel.MINIMAL, at=after)
        assert _shown(gone, after) == []
        assert gone.left_at == gone_at


async def test_a_duty_lost_long_before_is_gone_at_once(rolled_back: UnitOfWork) -> None:
    team = await make.team("ACT")
    worker = await make.worker(team=team)
    await _slot(team, worker)
    await _lost(0, worker, cancelled_at=AT)
    content = await _content(ScopeKind.WORKER, worker)
    assert _shown(content, AT + timedelta(minutes=1)) == []


async def test_a_duty_that_came_back_is_no_longer_lost(rolled_back: UnitOfWork) -> None:
    team = await make.team("ACT")
    worker = await make.worker(team=team)
    await _slot(team, worker, sequence=2)
    await _lost(worker, worker, cancelled_at=EVENING - timedelta(hours=3))
    for kind, of in ((ScopeKind.WORKER, worker), (ScopeKind.TEAM, team)):
        at = EVENING - timedelta(hours=1)
        content = await feed_content(FeedScope(kind, of), level=FeedLevel.MINIMAL, at=at)
        assert _shown(content, at) == [(False, 2)]
