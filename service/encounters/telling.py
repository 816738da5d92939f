"""Tells the leads of a team that a worker wishes a missed visit another time of the day."""

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_one
from service.database.unit_of_work import UnitOfWork
from service.encounters.rows import EncounterRow
from service.notices.actions import notify
from service.notices.types import Proposal, Recipients


async def tell_of_wish(uow: UnitOfWork, viewer: Viewer, row: EncounterRow) -> None:
    """Write the notice in the unit of work of the wish; wished again, nobody is told again."""
    found = await fetch_one(
        "select t.code as team, n.code as tenant, w.code as worker"
        " from teams t, tenants n, workers w where t.id = $1 and n.id = $2 and w.id = $3",
        row.team,
        row.tenant,
        viewer.worker,
    )
    if found is None or row.visit is None:
        return
    proposal = Proposal(
        team=found["team"],
        worker=found["worker"],
        tenant=found["tenant"],
        visit=row.visit,
        outcome=row.outcome.value,
    )
    told = Recipients(leads_of=frozenset({row.team}), but=frozenset({viewer.account}))
    path = f"/board/{found['team']}/{monday_of(clock.today())}"
    await notify(uow, proposal, to=told, key=f"proposal:{row.id}", path=path)
