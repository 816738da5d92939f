"""What closed lists about tenants are called in forms and in the history."""

from service.people.states import EndReason, EthosOccasion, IncomeKind
from service.web.i18n import N_, gettext

_FUNDERS = {
    "cocom": N_("Common Community Commission"),
    "federal": N_("federal"),
    "internee_path": N_("care path for internees"),
}
_END_REASONS = {
    EndReason.ENDED: N_("support ended"),
    EndReason.PASSED_ON: N_("passed on to another service"),
    EndReason.DIED: N_("died"),
}
ETHOS = {
    1: N_("living rough"),
    2: N_("emergency accommodation"),
    3: N_("accommodation for the homeless"),
    4: N_("women's shelter"),
    5: N_("accommodation for immigrants"),
    6: N_("about to leave an institution"),
    7: N_("longer-term support because of homelessness"),
    8: N_("insecure accommodation"),
    9: N_("threatened with eviction"),
    10: N_("threatened with violence"),
    11: N_("temporary or non-conventional"),
    12: N_("unfit housing"),
    13: N_("extreme overcrowding"),
}
_OCCASIONS = {
    EthosOccasion.ENTRY: N_("at entry"),
    EthosOccasion.LOSS: N_("when a home was lost"),
    EthosOccasion.EXIT: N_("at the end of support"),
    EthosOccasion.OTHER: N_("at another time"),
}
_INCOMES = {
    IncomeKind.LIVING_WAGE: N_("living wage"),
    IncomeKind.REPLACEMENT_INCOME: N_("sickness benefit"),
    IncomeKind.DISABILITY_ALLOWANCE: N_("disability allowance"),
    IncomeKind.PENSION: N_("pension"),
    IncomeKind.UNEMPLOYMENT: N_("unemployment benefit"),
    IncomeKind.WAGE: N_("wage"),
    IncomeKind.NONE: N_("no income"),
}


def funder(value: str) -> str:
    """A funder by its code; an unknown code as it is."""
    return gettext(_FUNDERS[value]) if value in _FUNDERS else value


def end_reason(value: EndReason) -> str:
    """Why support ended."""
    return gettext(_END_REASONS[value])


def ethos(category: int) -> str:
    """'1 living rough'."""
    return f"{category} {gettext(ETHOS[category])}"


def occasion(value: EthosOccasion) -> str:
    """'at entry'."""
    return gettext(_OCCASIONS[value])


def income(value: IncomeKind) -> str:
    """'living wage'."""
    return gettext(_INCOMES[value])
