"""Rows for duty slots, which are staffed before visits, and for what exists a few times only."""

from piccolo.columns import (
    UUID,
    Array,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.places.tables import Place
from service.teams.states import DutyKind, DutyState, ResourceKind
from service.teams.tables import Team, Worker


class DutySlot(Table, tablename="duty_slots"):
    """A time at which one worker of a team is on duty.

    `worker` is the draft's; `published_worker` is what people were told, with `sequence` and
    `changed_at` as published visits have them. A slot of a team's settings gets its row when it is
    first staffed, changed or called off, and is known by `key` in its team.
    """

    uid = UUID(unique=True)
    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    key = Varchar(length=60, help_text="stable within the team, codes only")
    kind = Varchar(length=12, choices=DutyKind)
    state = Varchar(length=12, choices=DutyState, default=DutyState.OPEN)
    starts_at = Timestamptz(index=True)
    ends_at = Timestamptz()
    disciplines = Array(base_column=Varchar(length=24), default=list, help_text="empty: any")
    skills = Array(base_column=Varchar(length=40), default=list, help_text="all of them")
    place = ForeignKey(references=Place, null=True, on_delete=OnDelete.restrict)
    visits = Boolean(default=False, help_text="visits go on meanwhile")
    worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    held = Boolean(default=False, help_text="a person gave it to this worker")
    published_worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict)
    sequence = Integer(default=0)
    changed_at = Timestamptz(null=True, default=None, help_text="when published last")
    updated_at = Timestamptz()


class Resource(Table, tablename="resources"):
    """A car, an interpreter, a room of a team: so many are `available` from a day on."""

    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    code = Varchar(length=24)
    kind = Varchar(length=12, choices=ResourceKind)
    available = SmallInt(default=1)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
