"""Jobs of the clock: the ladder every minute, silence every morning, erasing every night."""

from service.jobs.queue import APP, Queue
from service.safety.rounds import begin_checks, erase_old_checks, judge_everybody, take_steps


@APP.task(name="safety_minute", queue=Queue.CHORES.value)
async def safety_minute(due_at: str) -> None:
    """Take the steps that are due, then begin the checks of visits that have begun."""
    del due_at
    try:
        await take_steps()
    finally:
        await begin_checks()


@APP.task(name="judge_silence", queue=Queue.CHORES.value)
async def judge_silence(due_at: str) -> None:
    """Open and close no-contact alerts as of today."""
    del due_at
    await judge_everybody()


@APP.task(name="erase_lone_checks", queue=Queue.CHORES.value)
async def erase_lone_checks(due_at: str) -> None:
    """Erase checks that are older than their team keeps them."""
    del due_at
    await erase_old_checks()
