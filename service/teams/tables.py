"""Rows for teams, workers, when they work, are away or on duty, and what a team has to share."""

from piccolo.columns import (
    JSONB,
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
from service.teams.states import (
    AbsenceKind,
    Discipline,
    DutyKind,
    DutyState,
    Gender,
    ResourceKind,
    TeamKind,
    TravelMode,
)


class Team(Table, tablename="teams"):
    """A team; what makes it different from another one stands in `policy` (`TeamPolicy`)."""

    code = Varchar(length=16, unique=True)
    name = Varchar(length=80)
    kind = Varchar(length=16, choices=TeamKind)
    base = ForeignKey(references=Place, null=True, on_delete=OnDelete.restrict)
    policy = JSONB(default="{}")
    version = Integer(default=1)
    active = Boolean(default=True)


class Worker(Table, tablename="workers"):
    """Somebody who visits, by a code that can stand where a name must not."""

    code = Varchar(length=16, unique=True)
    first_name = Varchar(length=80)
    last_name = Varchar(length=80)
    name_key = Varchar(
        length=170, index=True, help_text="folded 'last first', for sorting and search"
    )
    discipline = Varchar(length=24, choices=Discipline)
    skills = Array(base_column=Varchar(length=40), default=list)
    languages = Array(base_column=Varchar(length=8), default=list)
    gender = Varchar(length=1, choices=Gender)
    contract_percent = SmallInt(default=100)
    visiting_share_percent = SmallInt(default=50)
    may_go_alone = Boolean(default=True)
    counts_as_second = Boolean(default=True)
    no_dogs = Boolean(default=False)
    travel_mode = Varchar(length=8, choices=TravelMode, default=TravelMode.TRANSIT)
    max_visits_per_day = SmallInt(default=5)
    employed_from = Date()
    employed_to = Date(null=True, default=None, help_text="exclusive")
    version = Integer(default=1)


class TeamMembership(Table, tablename="team_memberships"):
    """A worker's time in a team; a worker may be shared between teams."""

    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")


class WorkingPattern(Table, tablename="working_patterns"):
    """When a worker works, over a cycle of one or more weeks counted from `cycle_starts_on`."""

    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
    cycle_weeks = SmallInt(default=1)
    cycle_starts_on = Date(help_text="a Monday")


class WorkingHours(Table, tablename="working_hours"):
    """One stretch of local working time in a pattern; minutes after midnight, half-open."""

    pattern = ForeignKey(references=WorkingPattern, null=False, on_delete=OnDelete.cascade)
    cycle_week = SmallInt(default=0, help_text="0 is the first week of the cycle")
    weekday = SmallInt(help_text="1 Monday to 7 Sunday")
    from_minute = SmallInt()
    to_minute = SmallInt()


class Absence(Table, tablename="absences"):
    """An interval in which a worker is away."""

    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    kind = Varchar(length=12, choices=AbsenceKind, default=AbsenceKind.PLANNED)


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


class LostDuty(Table, tablename="lost_duties"):
    """A published duty that a worker no longer has, as they were told of it: calendars show it
    as cancelled for a while."""

    slot = ForeignKey(references=DutySlot, null=False, on_delete=OnDelete.cascade)
    worker = ForeignKey(references=Worker, null=False, on_delete=OnDelete.restrict)
    starts_at = Timestamptz()
    ends_at = Timestamptz()
    sequence = Integer(default=0)
    cancelled_at = Timestamptz()


class Resource(Table, tablename="resources"):
    """A car, an interpreter, a room of a team: so many are `available` from a day on."""

    team = ForeignKey(references=Team, null=False, on_delete=OnDelete.restrict)
    code = Varchar(length=24)
    kind = Varchar(length=12, choices=ResourceKind)
    available = SmallInt(default=1)
    starts_on = Date()
    ends_on = Date(null=True, default=None, help_text="exclusive")
