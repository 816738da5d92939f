"""Workers and absences as programs send and get them."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from service.api.schemas import NextCursor
from service.teams.drafts import AbsenceDraft, WorkerDraft
from service.teams.states import AbsenceKind, Discipline, Gender, TravelMode

Instant = Annotated[datetime, Meta(description="An instant in UTC.")]


class Worker(msgspec.Struct, frozen=True):
    """Somebody who visits."""

    code: Annotated[str, Meta(examples=["W-01"])]
    first_name: Annotated[str, Meta(examples=["Noor"])]
    last_name: Annotated[str, Meta(examples=["Voorbeeld"])]
    teams: Annotated[tuple[str, ...], Meta(description="Today's, by code.", examples=[["ACT"]])]
    discipline: Discipline
    skills: tuple[str, ...]
    languages: Annotated[tuple[str, ...], Meta(examples=[["fr", "nl"]])]
    gender: Gender
    contract_percent: int
    visiting_share_percent: Annotated[
        int, Meta(description="Share of the working time that is meant for visits.")
    ]
    may_go_alone: bool
    counts_as_second: bool
    no_dogs: bool
    travel_mode: TravelMode
    max_visits_per_day: int
    employed_from: date
    employed_to: Annotated[date | None, Meta(description="First day without the worker.")]
    version: int


class WorkerPage(msgspec.Struct, frozen=True):
    """A page of workers, by code."""

    items: tuple[Worker, ...]
    next_cursor: NextCursor


class Absence(msgspec.Struct, frozen=True):
    """When a worker is away. Its medical reason is nowhere stored."""

    id: int
    worker: Annotated[str, Meta(examples=["W-01"])]
    starts_at: Instant
    ends_at: Instant
    kind: AbsenceKind


class AbsencePage(msgspec.Struct, frozen=True):
    """A page of absences, by their start."""

    items: tuple[Absence, ...]
    next_cursor: NextCursor


class WorkerChange(WorkerDraft, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worker's own data, whole: what is left out takes its default."""


class NewWorker(WorkerChange, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody new, with the team that they join on their first day."""

    team: Annotated[str, Meta(min_length=1, max_length=16, examples=["ACT"])]


class AbsenceChange(AbsenceDraft, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An interval away, half-open; nothing says why beyond the kind."""

    starts_at: Annotated[datetime, Meta(tz=True, examples=["2026-03-02T07:00:00Z"])]
    ends_at: Annotated[datetime, Meta(tz=True, examples=["2026-03-03T17:00:00Z"])]
