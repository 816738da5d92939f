"""Why a visit waits and what a draft breaks, as sentences with their numbers."""

from collections.abc import Sequence

from service.encounters.states import DayPart
from service.rounds.clashing import pair_in_words
from service.rounds.needs.missed import missed_visit_of
from service.rounds.returning import AGAIN
from service.rounds.states import RunError
from service.rounds.types import BoardVisit, DraftBreach, WaitingReason
from service.web.dates import weekday
from service.web.i18n import N_, gettext, ngettext

_NOBODY_LEFT = {
    "role": N_("Nobody in the team has the discipline or the skill that it asks for"),
    "exclusion": N_("Everybody with the right discipline is excluded or may not go there alone"),
    "gender": N_("Nobody of the gender that the tenant asks for can go"),
    "duty": N_("Nobody who could go works long enough on a day when it may take place"),
    "window": N_("Those who could go do not work in the hours when the tenant can be visited"),
    "travel": N_("Nobody gets there and back inside the working hours"),
    "lunch": N_("It fits nobody's day together with lunch"),
    "limit": N_("Everybody who could go has reached the limit of visits or of visiting hours"),
    "pair": N_("It asks for two, and no two workers can be there at the same time"),
}
_FULL = {
    "hours": N_("Those who could go have no visiting hours left this week"),
    "visits": N_("Those who could go have all the visits that a day allows"),
    "reserve": N_("It would take from the reserve that the team keeps for crises"),
    "spacing": N_("It would come too close to the tenant's other visits"),
    "conflict": N_("Other visits take the room of those who could go"),
    "price": N_("There is room, but it would cost the other visits more than it is worth"),
}
_NOWHERE = N_("It fits nowhere in this week")
_STEPS = {
    "role": N_("discipline and skills"),
    "exclusion": N_("exclusions and going alone"),
    "gender": N_("gender asked for"),
    "duty": N_("somebody on duty"),
    "window": N_("hours of the tenant"),
    "travel": N_("travel there and back"),
    "lunch": N_("lunch"),
    "limit": N_("limits of day and week"),
    "pair": N_("two at the same time"),
    "hours": N_("visiting hours left in the week"),
    "visits": N_("visits left in the day"),
    "reserve": N_("room beside the team's reserve"),
    "spacing": N_("days between the tenant's visits"),
    "conflict": N_("room beside the other visits"),
    "price": N_("a place worth its cost"),
}
_BREACHES = {
    "seats": N_("%(tenant)s: not the number or kind of workers that the visit asks for."),
    "after": N_("%(tenant)s: the workers do not begin one after the other as asked."),
    "alone": N_("%(tenant)s: %(worker)s may not go there alone."),
    "exclusion": N_("%(tenant)s: %(worker)s must not go there."),
    "gender": N_("%(tenant)s: the tenant asks for somebody of another gender than %(worker)s."),
    "shift": N_("%(tenant)s: %(worker)s does not work then%(day)s."),
    "travel": N_("%(worker)s%(day)s: too little time to get from one stop to the next."),
    "lunch": N_("%(worker)s%(day)s: no time left for lunch."),
    "window": N_("%(tenant)s: outside the hours when the tenant can be visited%(day)s."),
    "fixed": N_("%(tenant)s: the appointment is at another time."),
    "past": N_("%(tenant)s: the start is in the past."),
    "limit": N_("%(worker)s%(day)s: more visits than the limit of a day."),
    "visiting": N_("%(worker)s: more visiting hours in the week than the limit."),
    "spacing": N_("%(tenant)s: two visits too close to each other, or to the last contact."),
    "overlap": N_("%(tenant)s: two visits at the same time%(day)s."),
    "distinct": N_("%(tenant)s: more different workers than the tenant can bear."),
    "reserve": N_("The team's reserve for crises is not kept%(day)s."),
    "resource": N_("%(tenant)s: what the visit needs is in use elsewhere%(day)s."),
    "duty": N_("%(worker)s%(day)s: cannot have the duty that the draft gives them."),
    "rest": N_("%(worker)s%(day)s: less than eleven hours of rest beside a duty."),
    "pin": N_("%(tenant)s: stands elsewhere than where it is pinned."),
    "grid": N_("%(tenant)s: does not start on a full five minutes."),
    "not_asked": N_("%(tenant)s: nothing asks for this visit any more. Take it off."),
    "other_place": N_("%(tenant)s: the tenant is to be met at another place now. Plan it again."),
    "unknown": N_("%(tenant)s: somebody or something in it is no longer known."),
}
_AGAIN = {
    AGAIN: N_("Missed: to be tried again."),
    DayPart.MORNING: N_("Rather in the morning."),
    DayPart.AFTERNOON: N_("Rather in the afternoon."),
    DayPart.EVENING: N_("Rather in the evening."),
    "call_first": N_("Call first."),
}
_RUN_ERRORS = {
    RunError.BAD_PROBLEM: N_("What is written down for this week contradicts itself."),
    RunError.NOTHING_TO_PLAN: N_("There is nothing to plan, or nobody to plan it for."),
    RunError.WEEK_OVER: N_("The week is over."),
    RunError.REJECTED: N_("The plan broke a rule and was thrown away. Tell your administrator."),
    RunError.CRASHED: N_("The planner broke down. Plan again, or tell your administrator."),
    RunError.TIMEOUT: N_("The planner took too long. Plan again, with a quicker search."),
    RunError.OUT_OF_MEMORY: N_("The computer ran out of memory. Plan again, quicker."),
    RunError.WORKER_LOST: N_("The planner was stopped several times. Plan again later."),
}


def run_error(code: str | None) -> str:
    """Say why a plan run failed, and what to do."""
    if code is None or code not in set(RunError):
        return gettext("Plan again. If it stays so, tell your administrator the time.")
    return gettext(_RUN_ERRORS[RunError(code)])


clash = pair_in_words


def waiting_reason(visit: BoardVisit) -> str:
    """Say why a visit waits: the planner's last filter, with the numbers; what was missed first."""
    if visit.reasons and visit.reasons[0].code == AGAIN:
        return " ".join(gettext(_AGAIN[one.code]) for one in visit.reasons if one.code in _AGAIN)
    if missed_visit_of(visit.need) is not None:
        return f"{gettext(_AGAIN[AGAIN])} {_waiting_reason(visit)}"
    return _waiting_reason(visit)


def _waiting_reason(visit: BoardVisit) -> str:
    if not visit.reasons:
        return gettext("Not planned yet.")
    last = visit.reasons[-1]
    if last.code in _FULL:
        choices = ngettext(
            "%(num)s choice of worker and day", "%(num)s choices of worker and day", last.left
        )
        return f"{gettext(_FULL[last.code])} ({choices})."
    text = gettext(_NOBODY_LEFT.get(last.code, _NOWHERE))
    before = visit.reasons[-2].left if len(visit.reasons) > 1 else 0
    if not before:
        return f"{text}."
    ways = ngettext("0 of %(num)s way is left", "0 of %(num)s ways are left", before)
    return f"{text} ({ways})."


def unplaced_reason(reason: WaitingReason) -> str:
    """Say in a few words why a visit has no place: the planner's last filter, without numbers."""
    return gettext(_FULL.get(reason.code) or _NOBODY_LEFT.get(reason.code, _NOWHERE))


def reason_steps(reasons: Sequence[WaitingReason]) -> tuple[tuple[str, int], ...]:
    """Give each of the planner's filters with the ways (worker and day) it left."""
    return tuple((gettext(_STEPS.get(one.code, one.code)), one.left) for one in reasons)


def breach(found: DraftBreach) -> str:
    """Say what a draft breaks, with codes and the day."""
    text = _BREACHES.get(found.rule, N_("%(tenant)s: a rule of the week is broken."))
    day = gettext(" on %(weekday)s", weekday=weekday(found.day)) if found.day else ""
    return gettext(
        text,
        tenant=", ".join(found.tenants) or gettext("A visit"),
        worker=", ".join(found.workers) or gettext("a worker"),
        day=day,
    )
