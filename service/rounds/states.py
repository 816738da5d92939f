"""States of plan runs, rosters and visits."""

from enum import StrEnum


class RunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RunKind(StrEnum):
    """Plan the week; or mend what is published of it, with as few changes as it takes."""

    PLAN = "plan"
    REPAIR = "repair"


class RepairKind(StrEnum):
    """What a repair makes of a visit: the words of `scheduling.telling.Became`."""

    GIVEN = "given"
    MOVED = "moved"
    DROPPED = "dropped"
    CALLED_OFF = "called_off"
    NEW = "new"


class RunError(StrEnum):
    """Why a plan run failed; what can be done about it stands in `service.rounds.sentences`."""

    BAD_PROBLEM = "bad_problem"
    NOTHING_TO_PLAN = "nothing_to_plan"
    WEEK_OVER = "week_over"
    REJECTED = "rejected"
    CRASHED = "crashed"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    WORKER_LOST = "worker_lost"


class Effort(StrEnum):
    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"


class RosterState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class VisitKind(StrEnum):
    HOME_VISIT = "home_visit"
    ACCOMPANIMENT = "accompaniment"
    MEDICATION = "medication"
    DEPOT = "depot"
    GROUP = "group"


class Priority(StrEnum):
    MUST = "must"
    SHOULD = "should"
    WANT = "want"


class VisitState(StrEnum):
    """In the draft: has a place in the week, waits for one, or was called off."""

    PLACED = "placed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class PublishedState(StrEnum):
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class ChangeKind(StrEnum):
    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"


class StepKind(StrEnum):
    """What a person did to a draft; each can be undone."""

    PIN = "pin"
    UNPIN = "unpin"
    PROMISE = "promise"
    UNPROMISE = "unpromise"
    MOVE = "move"
    TAKE_OFF = "take_off"
    CALL_OFF = "call_off"
    ADD = "add"
    SWAP = "swap"
    UNDO = "undo"
