"""What disciplines and kinds of team are called on pages."""

from service.teams.states import Discipline, DutyKind, TeamKind
from service.web.i18n import N_, gettext

_DISCIPLINES = {
    Discipline.SOCIAL_WORKER: N_("social worker"),
    Discipline.NURSE: N_("nurse"),
    Discipline.PSYCHOLOGIST: N_("psychologist"),
    Discipline.PSYCHIATRIST: N_("psychiatrist"),
    Discipline.PEER_WORKER: N_("peer worker"),
    Discipline.EDUCATOR: N_("educator"),
    Discipline.HOUSING_OFFICER: N_("housing officer"),
    Discipline.COORDINATOR: N_("coordinator"),
    Discipline.INTERN: N_("intern"),
}
_TEAM_KINDS = {
    TeamKind.ACT: N_("shared caseload, seven days"),
    TeamKind.ICM: N_("own caseload"),
    TeamKind.MOBILE: N_("mobile outreach"),
    TeamKind.HOUSING: N_("housing"),
    TeamKind.SUPPORT: N_("support"),
    TeamKind.MANAGEMENT: N_("management"),
}
_DUTIES = {
    DutyKind.STANDBY: N_("Standby"),
    DutyKind.EVENING: N_("Evening duty"),
    DutyKind.WEEKEND: N_("Weekend duty"),
    DutyKind.PHONE: N_("Phone duty"),
    DutyKind.ON_CALL: N_("On call"),
}


def discipline(value: Discipline | str) -> str:
    """'nurse', in the reader's language."""
    return gettext(_DISCIPLINES[Discipline(value)])


def team_kind(value: TeamKind | str) -> str:
    """'own caseload', in the reader's language."""
    return gettext(_TEAM_KINDS[TeamKind(value)])


def duty(value: DutyKind | str) -> str:
    """'Evening duty', in the reader's language."""
    return gettext(_DUTIES[DutyKind(value)])
