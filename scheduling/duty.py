"""A time at which somebody is on duty, and who it is: staffed before any visit is planned."""

from dataclasses import dataclass

from scheduling.codes import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Standby, an evening, a weekend, the phone, on call: on `day` from `start` to `end`.

    `end` may lie after midnight, up to two days after `day` began (2880). For one worker of any of
    `disciplines` (empty: any) having all of `skills`, who may go to `place` (None: the worker's
    base). `worker` is who has it already: kept where it can be. Unless `visits` go on meanwhile,
    the duty is a busy time of its worker: wholly inside one lane, or wholly outside of working
    time, and beside the worker's `busy` times. Nobody has two at once, is on duty while away, or
    has less than eleven hours of rest before or after (`scheduling.rest`). `kind` and `holiday` are
    what is shared out.
    """

    code: Code
    day: int
    start: int
    end: int
    kind: Code
    disciplines: tuple[Code, ...] = ()
    skills: tuple[Code, ...] = ()
    place: Code | None = None
    worker: Code | None = None
    holiday: bool = False
    visits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """Who has a duty."""

    duty: Code
    worker: Code
