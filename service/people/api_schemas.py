"""Tenants and agreements as programs send and get them."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from service.api.schemas import Code, NextCursor
from service.people.drafts import AgreementDraft, PersonDraft
from service.people.states import AgreementPreset, EndReason, Wish
from service.teams.states import Discipline, Gender

Version = Annotated[int, Meta(ge=0, description="Raised with every change; also the `ETag`.")]


class TeamOfTenant(msgspec.Struct, frozen=True):
    """A team in whose caseload the tenant is, with the worker responsible and the back-up."""

    team: Annotated[str, Meta(examples=["ACT"])]
    primary: Annotated[str | None, Meta(examples=["W-01"])]
    backup: Annotated[str | None, Meta(examples=["W-02"])]


class TenantSupport(msgspec.Struct, frozen=True):
    """What only those in support read: null for housing officers."""

    funder: Annotated[str, Meta(examples=["cocom"])]
    last_contact_on: Annotated[
        date | None,
        Meta(description="Last contact that counts; null without an agreement in force."),
    ]
    overdue_days: Annotated[
        int | None,
        Meta(description="Days beyond the agreement's longest gap; null without an agreement."),
    ]


class Tenant(msgspec.Struct, frozen=True):
    """A tenant's own data, as far as the caller may read it."""

    code: Code
    first_name: Annotated[str, Meta(examples=["Ama"])]
    last_name: Annotated[str, Meta(examples=["Voorbeeld"])]
    birth_date: Annotated[date, Meta(examples=["1976-05-01"])]
    gender: Gender
    languages: Annotated[tuple[str, ...], Meta(description="Best first.", examples=[["fr", "nl"]])]
    interpreter: bool
    phone: Annotated[str, Meta(examples=["0470 00 00 00"])]
    referred_on: date
    accepted_on: date | None
    ended_on: Annotated[date | None, Meta(description="First day without support.")]
    end_reason: EndReason | None
    teams: tuple[TeamOfTenant, ...]
    two_workers: Annotated[bool, Meta(description="Two workers are asked for every visit.")]
    version: Version
    support: TenantSupport | None


class TenantPage(msgspec.Struct, frozen=True):
    """A page of tenants, by code."""

    items: tuple[Tenant, ...]
    next_cursor: NextCursor


class TenantSearch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to find. Sent in the body: a name must not stand in an address."""

    q: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=100,
            description="Words that all occur in the name or code; accents do not matter.",
            examples=["ozgur"],
        ),
    ]


class TenantChange(PersonDraft, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tenant's own data, whole: what is left out takes its default. `funder` null: as it was."""


class NewTenant(TenantChange, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody new, with the team that takes them on; `funder` is needed."""

    team: Annotated[str, Meta(min_length=1, max_length=16, examples=["ACT"])]
    team_from: Annotated[date, Meta(description="First day in the team's caseload.")]


class TimeWindow(msgspec.Struct, frozen=True):
    """Local minutes after midnight of one weekday: 1 Monday to 7 Sunday."""

    weekday: int
    from_minute: int
    to_minute: int


class WorkerWish(msgspec.Struct, frozen=True):
    """A worker whom the tenant wants, or does not."""

    worker: Code
    wish: Wish


class Agreement(msgspec.Struct, frozen=True):
    """What contact the tenant chose; `ends_on` is the first day without it."""

    id: int
    starts_on: date
    ends_on: date | None
    preset: AgreementPreset
    contacts: Annotated[int, Meta(description="Face-to-face contacts in `period_days`.")]
    period_days: int
    longest_gap_days: int
    minutes: int
    workers_needed: int
    disciplines: tuple[Discipline, ...]
    windows: Annotated[tuple[TimeWindow, ...], Meta(description="Empty: any time.")]
    gender_wish: Gender | None
    gender_wish_hard: bool
    distinct_workers: int
    most_workers: int | None
    counts_phone: bool
    paused: Annotated[bool, Meta(description="It asks for nothing today.")]
    wishes: tuple[WorkerWish, ...]


class AgreementList(msgspec.Struct, frozen=True):
    """All agreements of a tenant, newest first; `version` is the tenant's."""

    items: tuple[Agreement, ...]
    version: Version


class NewAgreement(AgreementDraft, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agreement from a day on: the one before ends that day."""
