"""Tells open boards at once that a roster changed: one LISTEN connection for the whole process.

PostgreSQL sends a roster's id and version at the commit of each change (migration 0009), and the
id of each session that ends. Nothing else travels: who is told of a roster is decided here, and
what changed is read by the board itself, with its reader's rights.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import anyio
import asyncpg
import structlog
from litestar import Litestar

from service import clock
from service.access.policy import Viewer, may_see_roster, roster_teams_filter
from service.access.sessions import viewer_of_session
from service.database.dedicated import dedicated_connection
from service.database.sql import fetch_all
from service.errors import DatabaseUnavailable

CHANGED, ENDED = "roster_changed", "session_ended"
CHECKED_EVERY = 15.0
"""Seconds after which a quiet stream looks whether its session still holds."""
RETRY_AFTER = 2.0
MOST_PER_SESSION = 8

_log = structlog.get_logger("thuisronde.board_stream")


@dataclass(frozen=True, slots=True)
class RosterVersion:
    """A roster as a stream tells of it; `team_id` decides who may hear it."""

    id: int
    team_id: int
    team: str
    week: date
    version: int


@dataclass(eq=False)
class Stream:
    """One open stream: which rosters changed since it looked, and whether it is to end."""

    session: int
    changed: set[int] = field(default_factory=set)
    gap: bool = True
    ended: bool = False
    wake: anyio.Event = field(default_factory=anyio.Event)

    def end(self) -> None:
        """Let the stream end the next time that it looks, which is now."""
        self.ended = True
        self.wake.set()


class BoardStreams:
    """The open streams of this process, and the connection that listens for all of them."""

    def __init__(self) -> None:
        self._streams: list[Stream] = []
        self._wanted = anyio.Event()
        self._closed = False
        self.kept = False

    @contextmanager
    def joined(self, session: int) -> Iterator[Stream]:
        """A stream of a session; too many of one session end its oldest."""
        stream = Stream(session)
        if self._closed:
            stream.end()
        mine = [one for one in self._streams if one.session == session]
        for one in mine[: max(0, len(mine) - MOST_PER_SESSION + 1)]:
            one.end()
        self._streams.append(stream)
        self._wanted.set()
        try:
            yield stream
        finally:
            self._streams.remove(stream)

    @property
    def closed(self) -> bool:
        """Whether the process is about to stop."""
        return self._closed

    def close(self) -> None:
        """End every stream: the process is about to stop."""
        self._closed = True
        for stream in self._streams:
            stream.end()

    def hear(self, channel: str, payload: str) -> None:
        """A notice of the database."""
        number = payload.partition(" ")[0]
        if not number.isdecimal():
            return
        for stream in self._streams:
            if channel == ENDED and stream.session == int(number):
                stream.end()
            elif channel == CHANGED:
                stream.changed.add(int(number))
                stream.wake.set()

    async def listen(self) -> None:
        """Listen for ever, from the first stream on; after a lost connection all look again."""
        await self._wanted.wait()
        while True:
            try:
                async with dedicated_connection() as connection:
                    await self._listen_on(connection)
            except (DatabaseUnavailable, asyncpg.PostgresError, OSError):
                _log.warning("listening for changed rosters was interrupted")
            await anyio.sleep(RETRY_AFTER)

    async def _listen_on(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        lost = anyio.Event()
        connection.add_termination_listener(lambda _: lost.set())

        def heard(_: object, __: int, channel: str, payload: object) -> None:
            self.hear(channel, str(payload))

        for channel in (CHANGED, ENDED):
            await connection.add_listener(channel, heard)
        for stream in self._streams:  # whatever was said while nobody listened
            stream.gap = True
            stream.wake.set()
        await lost.wait()


async def told(
    streams: BoardStreams, session: int, *, every: float = CHECKED_EVERY
) -> AsyncIterator[str]:
    """What a stream says, as server-sent events, until its session ends.

    First, and after a gap, the versions of all rosters of the weeks around now; then each that
    changes. The session and what it may see are asked again before anything is said.
    """
    with streams.joined(session) as stream:
        yield f"retry: {int(RETRY_AFTER * 1000)}\n\n"
        while True:
            gap, stream.gap = stream.gap, False
            changed, stream.changed = stream.changed, set()
            viewer = None if stream.ended else await viewer_of_session(session)
            if viewer is None:
                if not streams.closed:
                    yield "event: ended\ndata: {}\n\n"
                return
            found = await (_around_now(viewer) if gap else _changed(viewer, changed))
            for one in found:
                yield event_of(one)
            if not found:
                yield ": still here\n\n"
            if not streams.kept:  # nobody listens for it: the browser asks again
                return
            with anyio.move_on_after(every):
                await stream.wake.wait()
            stream.wake = anyio.Event() if not stream.ended else stream.wake


def event_of(roster: RosterVersion) -> str:
    """One event; its id names the roster and the version."""
    return (
        f"id: {roster.id}.{roster.version}\nevent: roster\n"
        f'data: {{"team": "{roster.team}", "week": "{roster.week}",'
        f' "version": {roster.version}}}\n\n'
    )


async def _around_now(viewer: Viewer) -> list[RosterVersion]:
    teams = roster_teams_filter(viewer)
    return await fetch_all(
        f"{_ROSTERS} where r.week >= $1 and ($2::int[] is null or r.team = any($2))",
        clock.today() - timedelta(days=14),
        None if teams is None else sorted(teams),
        into=RosterVersion,
    )


async def _changed(viewer: Viewer, rosters: set[int]) -> list[RosterVersion]:
    if not rosters:
        return []
    found = await fetch_all(
        f"{_ROSTERS} where r.id = any($1::int[])", sorted(rosters), into=RosterVersion
    )
    return [one for one in found if may_see_roster(viewer, one.team_id)]


def board_streams(app: Litestar) -> BoardStreams:
    """The streams of an application."""
    found: BoardStreams | None = app.state.get("board_streams")
    if found is None:
        found = app.state["board_streams"] = BoardStreams()
    return found


@asynccontextmanager
async def keep_streams(app: Litestar) -> AsyncIterator[None]:
    """A lifespan, inside that of the database: listen while the application runs."""
    streams = board_streams(app)
    async with anyio.create_task_group() as group:
        group.start_soon(streams.listen)
        streams.kept = True
        try:
            yield
        finally:
            streams.kept = False
            streams.close()
            group.cancel_scope.cancel()


_ROSTERS = """
select r.id, r.team as team_id, t.code as team, r.week, r.version
from rosters r join teams t on t.id = r.team
"""
