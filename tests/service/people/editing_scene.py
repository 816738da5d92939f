"""A team with a tenant, and the people who may or may not change it."""

import pytest

from service.access.policy import Viewer
from tests.service import factories as make
from tests.support.database import Server
from tests.support.web import person


class Scene:
    """Team ACT with T-001, its lead and worker; ICM elsewhere."""

    team: int
    other: int
    tenant: int
    lead: Viewer
    worker: Viewer
    stranger: Viewer
    coordinator: Viewer
    housing: Viewer


@pytest.fixture
async def scene(database: Server) -> Scene:
    found = Scene()
    found.team, found.other = await make.team("ACT"), await make.team("ICM", kind="icm")
    one = await make.worker("W-01", team=found.team)
    two = await make.worker("W-02", team=found.team)
    far = await make.worker("W-03", team=found.other)
    found.tenant = await make.tenant("T-001", team=found.team, place=await make.place())
    found.lead = await person("lead", ("team_lead", found.team), worker=one)
    found.worker = await person("worker", ("worker", found.team), worker=two)
    found.stranger = await person("stranger", ("team_lead", found.other), worker=far)
    found.coordinator = await person("coordinator", "coordinator")
    found.housing = await person("housing", "housing_officer")
    return found
