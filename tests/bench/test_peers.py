"""What peers are given and what is made of their proposals; their libraries are not needed here."""

import itertools
import json
from pathlib import Path

import pytest

from tests.bench.outside import Bench, WeekPlan, write_json
from tests.bench.peers import by_routing
from tests.bench.peers.jobs import DAY, routing_of, shared_days
from tests.bench.peers.mending import Mending, pairs_first
from tests.bench.weeks import load_bench


@pytest.fixture(scope="module")
def bench() -> Bench:
    return load_bench()


@pytest.mark.parametrize(("size", "seed"), [("S", 1), ("T", 3), ("M", 1)])
def test_shared_days_keep_visits_apart_whatever_is_chosen(
    bench: Bench, size: str, seed: int
) -> None:
    week = bench.week(size, seed)
    days = shared_days(bench, week)
    assert set(days) == {visit["id"] for visit in week["visits"]}
    for tenant in week["tenants"]:
        visits = [v for v in week["visits"] if v["tenant"] == tenant["id"]]
        for one, other in itertools.combinations(visits, 2):
            gap = max(one["gap"], other["gap"])
            chosen = itertools.product(days[one["id"]], days[other["id"]])
            assert all(abs(a - b) >= gap for a, b in chosen)


def test_jobs_hold_what_the_judge_allows(bench: Bench) -> None:
    week = bench.week("XS", 1)
    model = routing_of(bench, week)
    assert len(model.jobs) == sum(len(visit["need"]) for visit in week["visits"])
    visit = next(v for v in week["visits"] if len(v["need"]) == 1 and not v["fixed"])
    job = next(j for j in model.jobs if j.visit == visit["id"])
    tenant = next(t for t in week["tenants"] if t["id"] == visit["tenant"])
    windows = [(d, a, b) for d, day in enumerate(tenant["avail"]) for a, b in day]
    latest = [DAY * d + b - visit["dur"] for d, a, b in windows if b - a >= visit["dur"]]
    assert [last for _, last in job.starts] == latest


def test_held_pairs_have_one_start_and_one_worker_a_seat(bench: Bench) -> None:
    week = bench.week("S", 1)
    held = pairs_first(bench, week)
    assert held
    assert bench.evaluate(week, held)["errors"] == []
    for job in routing_of(bench, week, held=held).jobs:
        if job.visit in held:
            place = held[job.visit]
            assert job.allowed == {place["workers"][job.seat]}
            assert job.starts == ((DAY * place["day"] + place["start"],) * 2,)


def test_mending_keeps_what_stands_and_drops_what_breaks_rules(bench: Bench) -> None:
    week = bench.week("XS", 1)
    whole = Mending(bench, week)
    assert whole.insert() > 5
    assert bench.evaluate(week, whole.plan)["errors"] == []
    single = [v["id"] for v in week["visits"] if v["id"] in whole.plan and len(v["need"]) == 1]
    broken: WeekPlan = json.loads(json.dumps(whole.plan))
    broken[single[0]]["start"] += 1
    mended = Mending(bench, week)
    assert mended.keep(broken) == 1
    assert mended.plan == {code: p for code, p in whole.plan.items() if code != single[0]}
    assert mended.insert() >= 1
    assert bench.evaluate(week, mended.plan)["errors"] == []


def test_routing_library_proposes_plans_that_stand(bench: Bench, tmp_path: Path) -> None:
    week = bench.week("XS", 2)
    write_json(tmp_path / "week.json", week)
    proposal = by_routing.linked(bench, json.loads((tmp_path / "week.json").read_bytes()), 0.6)
    assert len(proposal) > 5
    mending = Mending(bench, week)
    assert mending.keep(proposal) == 0
