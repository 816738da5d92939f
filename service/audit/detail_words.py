"""What the audit trail's objects and details are called: English texts, translated where shown."""

from collections.abc import Mapping
from datetime import date

from scheduling.presets import PresetName
from service.access.scopes import Area, Right
from service.access.states import Role
from service.access.words import AREA_NAMES, RIGHT_NAMES, ROLE_NAMES
from service.people import words as people_words
from service.people.states import AgreementPreset
from service.teams.states import DutyKind
from service.teams.words import duty, weights_preset
from service.web.dates import short_day
from service.web.i18n import N_, gettext

KINDS: Mapping[str, str] = {
    "account": N_("account"),
    "audit": N_("audit trail"),
    "board": N_("board"),
    "contact_alert": N_("no-contact alert"),
    "database": N_("database"),
    "encounter": N_("encounter"),
    "feed": N_("calendar feed"),
    "lone_check": N_("lone-worker check"),
    "notice_address": N_("address for notices"),
    "notice_wishes": N_("choice of notices"),
    "plan_run": N_("plan run"),
    "push_browser": N_("browser for notices"),
    "roster": N_("roster"),
    "round": N_("round of a day"),
    "safety_settings": N_("safety settings"),
    "team": N_("team"),
    "tenant": N_("tenant"),
    "token": N_("access token"),
    "visit": N_("visit"),
    "week": N_("week of a worker"),
    "worker": N_("worker"),
}
"""By the kind that is stored; `tests/service/audit/test_words.py` finds what is missing."""

NAMES: Mapping[str, str] = {
    "action": N_("did what"),
    "agreement": N_("agreement"),
    "available": N_("how many"),
    "before": N_("before entry"),
    "by": N_("through"),
    "changes": N_("changes"),
    "code": N_("code"),
    "count": N_("how many"),
    "day": N_("day"),
    "days": N_("days"),
    "duties": N_("duties"),
    "fields": N_("fields"),
    "first": N_("from"),
    "from": N_("from"),
    "instead_of": N_("instead of"),
    "kind": N_("kind"),
    "last": N_("to"),
    "late": N_("late"),
    "level": N_("level"),
    "names": N_("with names"),
    "object": N_("of what"),
    "part": N_("part"),
    "preset": N_("preset"),
    "revision": N_("revision"),
    "roles": N_("roles"),
    "scope": N_("covers"),
    "scopes": N_("rights"),
    "searched": N_("searched"),
    "seed": N_("seed"),
    "sessions": N_("devices"),
    "support": N_("with support"),
    "team": N_("team"),
    "tenant": N_("tenant"),
    "today": N_("today is"),
    "until": N_("until"),
    "version": N_("version"),
    "week": N_("week"),
    "what": N_("what"),
    "who": N_("who"),
    "why": N_("why"),
}
WORDS: Mapping[str, str] = {
    "True": N_("yes"),
    "False": N_("no"),
    "account ended": N_("the account ended"),
    "agreements": N_("agreements"),
    "birth_date": N_("date of birth"),
    "accepted_on": N_("day of acceptance"),
    "contract_percent": N_("contract"),
    "counts_as_second": N_("counts as second"),
    "discipline": N_("discipline"),
    "employed_from": N_("first day"),
    "employed_to": N_("last day"),
    "end_reason": N_("reason of the end"),
    "ended_on": N_("day of the end"),
    "ethos_observations": N_("ETHOS"),
    "first_name": N_("first name"),
    "funder": N_("funder"),
    "gender": N_("gender"),
    "history": N_("history"),
    "housing": N_("housing"),
    "incomes": N_("income"),
    "initials": N_("with initials"),
    "interpreter": N_("interpreter"),
    "languages": N_("languages"),
    "last_name": N_("last name"),
    "max_visits_per_day": N_("visits a day"),
    "may_go_alone": N_("may go alone"),
    "minimal": N_("times only"),
    "name": N_("name"),
    "name_key": N_("sorting of the name"),
    "no longer entitled": N_("no longer entitled"),
    "no_dogs": N_("no dogs"),
    "person": N_("person"),
    "phone": N_("phone"),
    "referred_on": N_("day of referral"),
    "renewed": N_("renewed"),
    "revoked": N_("revoked"),
    "skills": N_("skills"),
    "street": N_("with the street"),
    "support": N_("support"),
    "team": N_("team"),
    "token": N_("access token"),
    "travel_mode": N_("way of travelling"),
    "visiting_share_percent": N_("visiting share"),
    "worker": N_("worker"),
}
"""Values of details that are words of the code."""


def kind(stored: str) -> str:
    """A kind of object in the reader's language; one of an older version as it was stored."""
    return gettext(KINDS[stored]) if stored in KINDS else stored.replace("_", " ")


def name(stored: str) -> str:
    """What a detail is called; a rule's weight by the rule's own name."""
    return gettext(NAMES[stored]) if stored in NAMES else stored.replace("_", " ")


def value(called: str, stored: str, *, teams: Mapping[str, str]) -> str:
    """A detail's value in the reader's language: words, days, teams by code (`teams`, by id)."""
    match called:
        case "team":
            return teams.get(stored, stored)
        case "roles":
            return ", ".join(_role(one, teams) for one in stored.split(", "))
        case "scopes":
            return ", ".join(_scope(one) for one in stored.split())
        case "fields":
            return ", ".join(_word(one) for one in stored.split(", "))
        case "kind" if stored in set(DutyKind):
            return duty(stored)
        case "agreement" if stored in set(AgreementPreset):
            return people_words.said(AgreementPreset(stored))
        case "preset" if stored in set(PresetName):
            return weights_preset(stored)
        case _:
            return _day(stored) or _word(stored)


def _word(stored: str) -> str:
    return gettext(WORDS[stored]) if stored in WORDS else stored


def _role(stored: str, teams: Mapping[str, str]) -> str:
    role, _, team = stored.partition(" ")
    said = gettext(ROLE_NAMES[Role(role)]) if role in set(Role) else role
    return f"{said} {teams.get(team, team)}".strip()


def _scope(stored: str) -> str:
    area, _, right = stored.partition(":")
    if area not in set(Area) or right not in set(Right):
        return stored
    return f"{gettext(AREA_NAMES[Area(area)])}: {gettext(RIGHT_NAMES[Right(right)])}"


def _day(stored: str) -> str:
    try:
        return short_day(date.fromisoformat(stored)) if len(stored) == len("2026-11-30") else ""
    except ValueError:
        return ""
