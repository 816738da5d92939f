"""What changed between two plans, and who must be told."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from scheduling.changes import Aspect, Kind, changes
from scheduling.problem import Placement
from tests.scheduling.plans import at

BEFORE = {"v1": at("v1", "w1", "w2"), "v2": at("v2", "w3")}


def test_equal_plans_have_no_changes() -> None:
    same = {"v2": at("v2", "w3"), "v1": at("v1", "w2", "w1")}
    assert changes(BEFORE, same) == ()


def test_new_and_cancelled() -> None:
    new, cancelled = changes({"v2": BEFORE["v2"]}, {"v1": BEFORE["v1"]})
    assert (new.visit, new.kind, new.before, new.tell) == ("v1", Kind.NEW, None, ("w1", "w2"))
    assert (cancelled.visit, cancelled.kind, cancelled.after) == ("v2", Kind.CANCELLED, None)
    assert cancelled.tell == ("w3",)
    assert not new.aspects
    assert not cancelled.aspects


def test_moved_in_each_aspect() -> None:
    after = {
        "workers": at("v1", "w1", "w4"),
        "day": at("v1", "w1", "w2", day=1, start=700),
        "time": at("v1", "w1", "w2", start=605),
    }
    for aspect, place in after.items():
        [change] = changes({"v1": BEFORE["v1"]}, {"v1": place})
        assert change.kind is Kind.MOVED
        assert change.aspects == {Aspect(aspect)}


def test_the_second_comes_later_than_before() -> None:
    before = {"v1": at("v1", "w1", "w2", offsets=(0, 0))}
    assert changes(before, {"v1": at("v1", "w1", "w2")}) == ()
    [change] = changes(before, {"v1": at("v1", "w1", "w2", offsets=(0, 30))})
    assert (change.aspects, change.tell) == ({Aspect.TIME}, ("w1", "w2"))


def test_who_leaves_who_comes_and_who_stays_are_told() -> None:
    [change] = changes({"v1": BEFORE["v1"]}, {"v1": at("v1", "w1", "w4")})
    assert change.tell == ("w1", "w2", "w4")


def test_only_promised_visits_are_told_to_the_tenant() -> None:
    after = {"v1": at("v1", "w1", "w2", day=2), "v3": at("v3", "w1")}
    found = changes(BEFORE, after, promised={"v1", "v3"})
    assert {c.visit: c.tell_tenant for c in found} == {"v1": True, "v2": False, "v3": False}


@dataclass(frozen=True)
class Published:
    """How a service might hold a published visit: from when to when, on no day of its own."""

    day: None
    start: tuple[datetime, datetime]
    workers: tuple[str, ...]


def test_instants_and_lengths() -> None:
    def from_to(start: int, end: int) -> Published:
        hours = datetime(2026, 11, 23, start, tzinfo=UTC), datetime(2026, 11, 23, end, tzinfo=UTC)
        return Published(None, hours, ("w1",))

    before = {"7": from_to(9, 10)}
    assert changes(before, {"7": from_to(9, 10)}) == ()
    for other in (from_to(9, 11), from_to(10, 11)):
        [change] = changes(before, {"7": other})
        assert change.aspects == {Aspect.TIME}


placements = st.builds(
    Placement,
    visit=st.just("v"),
    day=st.integers(0, 1),
    start=st.sampled_from([600, 605]),
    workers=st.lists(st.sampled_from(["w1", "w2"]), unique=True, max_size=2).map(tuple),
)
plans = st.dictionaries(st.sampled_from("abc"), placements, max_size=3)


@given(plans, plans)
def test_backwards_is_the_mirror_image(
    before: dict[str, Placement], after: dict[str, Placement]
) -> None:
    mirror = {Kind.NEW: Kind.CANCELLED, Kind.CANCELLED: Kind.NEW, Kind.MOVED: Kind.MOVED}
    there, back = changes(before, after), changes(after, before)
    assert [(c.visit, mirror[c.kind], c.aspects, c.tell) for c in there] == [
        (c.visit, c.kind, c.aspects, c.tell) for c in back
    ]


@given(plans, plans)
def test_applying_the_changes_gives_the_new_plan(
    before: dict[str, Placement], after: dict[str, Placement]
) -> None:
    result = dict(before)
    for change in changes(before, after):
        if change.after is None:
            del result[change.visit]
        else:
            result[change.visit] = change.after
    assert {k: (p.day, p.start, set(p.workers)) for k, p in result.items()} == {
        k: (p.day, p.start, set(p.workers)) for k, p in after.items()
    }
