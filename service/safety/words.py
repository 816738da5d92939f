"""What checks, ladders and alerts are called on pages."""

from service.safety.states import (
    AlertCause,
    AlertEnd,
    AlertStep,
    CheckEnd,
    CheckStep,
    LoneVisits,
    NoLadder,
    Rung,
)
from service.safety.types import AlertView
from service.web.i18n import N_, gettext, ngettext

_VISITS = {
    LoneVisits.EVERY: N_("Every visit made alone, as soon as it begins"),
    LoneVisits.HOMES: N_("Visits made alone in a home, as soon as they begin"),
    LoneVisits.CHOSEN: N_("Only when the worker starts it"),
}
_STEPS = {
    CheckStep.STARTED: N_("Started"),
    CheckStep.EXTENDED: N_("Extended"),
    CheckStep.DUE: N_("Contact due"),
    CheckStep.BUDDY: N_("Buddy told"),
    CheckStep.LEAD: N_("Team lead told"),
    CheckStep.ON_CALL: N_("Person on call told"),
    CheckStep.SAFE: N_("Safe"),
    CheckStep.OUTCOME: N_("Ended by the recorded outcome"),
    CheckStep.BY_CALL: N_("Checked out by a call"),
    CheckStep.BY_TEXT: N_("Checked out by a text message"),
    CheckStep.CANCELLED: N_("Not alone after all"),
}
_RUNGS = {
    Rung.DUE: N_("Contact due"),
    Rung.BUDDY: N_("Buddy"),
    Rung.LEAD: N_("Team lead"),
    Rung.ON_CALL: N_("Person on call"),
}
_MISSING = {
    NoLadder.BUDDY: N_("No colleague of the team can be reached as a buddy."),
    NoLadder.LEAD: N_("No team lead and no deputy can be reached."),
    NoLadder.ON_CALL: N_("Nobody is on call, and the team named nobody."),
}
_ALERT_STEPS = {
    AlertStep.OPENED: N_("Alert opened"),
    AlertStep.LOOKED: N_("Looked for signs of life"),
    AlertStep.HOSPITALS: N_("Asked the hospitals"),
    AlertStep.PRISONS: N_("Asked the prisons and the police"),
    AlertStep.NETWORK: N_("Asked family, neighbours, partners"),
    AlertStep.WELFARE_CHECK: N_("Welfare check decided"),
    AlertStep.NO_WELFARE_CHECK: N_("No welfare check for now"),
    AlertStep.CLOSED: N_("Alert closed"),
}
_ENDS = {
    AlertEnd.CONTACT: N_("There was a contact"),
    AlertEnd.SIGN_OF_LIFE: N_("There was a sign of life"),
    AlertEnd.HEARD_FROM: N_("Somebody heard from the tenant"),
    AlertEnd.IN_HOSPITAL: N_("Is in hospital"),
    AlertEnd.IN_PRISON: N_("Is in prison"),
    AlertEnd.AWAY: N_("Is away, as was said before"),
    AlertEnd.SUPPORT_ENDED: N_("Support has ended"),
    AlertEnd.MISTAKE: N_("Opened by mistake"),
}


def lone_visits(value: LoneVisits) -> str:
    """Which visits begin a check."""
    return gettext(_VISITS[value])


def step(value: CheckStep) -> str:
    """'Buddy told'."""
    return gettext(_STEPS[value])


def rung(value: Rung) -> str:
    """'Team lead'."""
    return gettext(_RUNGS[value])


def missing(value: NoLadder) -> str:
    """What a ladder misses, in a sentence."""
    return gettext(_MISSING[value])


def cause(alert: AlertView) -> str:
    """Why an alert opened, with its number."""
    return silence(alert.days, alert.missed, by_visits=alert.cause is AlertCause.MISSED)


def silence(days: int, missed: int, *, by_visits: bool) -> str:
    """'3 visits in a row without contact', or how many days there was no sign of life."""
    if by_visits:
        return ngettext(
            "%(num)s visit in a row without contact",
            "%(num)s visits in a row without contact",
            missed,
        )
    return ngettext(
        "%(num)s day without a sign of life",
        "%(num)s days without a sign of life",
        days,
    )


def alert_step(value: AlertStep) -> str:
    """'Asked the hospitals'."""
    return gettext(_ALERT_STEPS[value])


def alert_end(value: AlertEnd) -> str:
    """'Is in hospital'."""
    return gettext(_ENDS[value])


def check_end(value: CheckEnd) -> str:
    """How a check ended."""
    return gettext(_STEPS[CheckStep(value.value)])
