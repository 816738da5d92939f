"""Why a week was not planned: pairs of pinned visits that cannot both be kept, in words."""

from collections.abc import Mapping
from datetime import date, timedelta

from scheduling.clashes import Clash
from scheduling.errors import InvalidProblem
from scheduling.instances import load_problem
from scheduling.rules.base import Sentence, Value
from service.database.sql import fetch_all, fetch_value
from service.rounds.run_types import PinnedPair, PinnedVisit
from service.web.dates import weekday
from service.web.i18n import gettext

_VISITS = {"visit", "other_visit"}
_DAYS = {"day", "other_day"}


async def pinned_pairs(run: int) -> tuple[PinnedPair, ...]:
    """The pairs for which the problem of a run was refused; none where that was not the reason."""
    problem = await fetch_value("select problem from plan_runs where id = $1", run)
    found = _clashes(problem) if problem else ()
    if not found:
        return ()
    needs = sorted({code for clash in found for code in clash.visits})
    rows = {row["need"]: row for row in await fetch_all(_ROWS, run, needs)}
    visits = {
        need: PinnedVisit(id=row["id"], need=need, tenant=row["tenant_code"])
        for need, row in rows.items()
    }
    return tuple(
        PinnedPair(
            visits=tuple(visits[code] for code in clash.visits if code in visits),
            sentence=clash.sentence,
            advice=clash.advice,
        )
        for clash in found
    )


def pair_in_words(pair: PinnedPair, *, week: date, names: Mapping[str, str]) -> str:
    """Say which two visits clash, why, and what to do; tenants by name where `names` has them."""
    tenants = {visit.need: visit.tenant for visit in pair.visits}
    both = (pair.sentence, pair.advice)
    return " ".join(_said(one, week=week, tenants=tenants, names=names) for one in both)


def _said(
    sentence: Sentence, *, week: date, tenants: Mapping[str, str], names: Mapping[str, str]
) -> str:
    def shown(name: str, value: Value) -> str:
        if name in _DAYS and isinstance(value, int):
            return weekday(week + timedelta(days=value))
        if name in _VISITS:
            value = tenants.get(str(value), str(value))
        return names.get(str(value), str(value))

    values = {name: shown(name, value) for name, value in sentence.values.items()}
    return gettext(sentence.msgid, **values)


def _clashes(problem: str) -> tuple[Clash, ...]:
    try:
        load_problem(problem)
    except InvalidProblem as error:
        return tuple(finding.clash for finding in error.findings if finding.clash)
    return ()


_ROWS = """
select v.id, v.need, t.code as tenant_code
from plan_runs r
join rosters o on o.team = r.team and o.week = r.week
join visits v on v.roster = o.id
join tenants t on t.id = v.tenant
where r.id = $1 and v.need = any($2::text[])
"""
