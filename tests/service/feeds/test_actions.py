"""Who may make, see, renew and end which feed."""

import pytest

from service.access.policy import Viewer
from service.access.states import Language
from service.database.sql import fetch_all
from service.errors import Forbidden, Invalid, NotFound
from service.feeds.actions import (
    MOST_FEEDS,
    make_feed,
    raise_feed_versions,
    renew_feed,
    revoke_feed,
)
from service.feeds.queries import all_feeds, feed, feed_choices, my_feeds
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedScope
from tests.service import factories as make
from tests.service.feeds.conftest import MONDAY, House, own_feed, team_feed


async def _others(house: House) -> dict[str, Viewer]:
    """One actor of each kind; none of them owns amina's feed."""
    stranger_team = await make.team("ICM", kind="icm")
    stranger = await make.worker("W-20", team=stranger_team)
    return {
        "same team": house.karim_signed_in,
        "lead": await make.account("lead", role="team_lead", team=house.team),
        "other team": await make.account(
            "other", role="worker", team=stranger_team, worker=stranger
        ),
        "housing": await make.account("housing", role="housing_officer"),
        "coordinator": await make.account("coordinator", role="coordinator"),
        "administrator": await make.account("administrator", role="administrator"),
    }


async def _attempt(action: str, viewer: Viewer, house: House, feed_id: int) -> str:
    """What came of it, in a word."""
    own = FeedScope(ScopeKind.WORKER, house.amina)
    team = FeedScope(ScopeKind.TEAM, house.team)
    try:
        if action in ("make own", "make team"):
            await make_feed(
                viewer,
                scope=own if action == "make own" else team,
                device="theirs",
                level=FeedLevel.MINIMAL,
                language=Language.FRENCH,
            )
        elif action == "see":
            await feed(viewer, feed_id)
        elif action == "renew":
            await renew_feed(viewer, feed_id)
        else:
            await revoke_feed(viewer, feed_id)
    except (Forbidden, NotFound) as error:
        return type(error).__name__
    return "done"


async def test_each_actor_can_do_with_a_workers_feed_what_the_table_says(house: House) -> None:
    """The feed of amina's own round, and the team's; asked by everybody who is not amina."""
    expected = {
        "same team": ("Forbidden", "done", "NotFound", "NotFound", "NotFound"),
        "lead": ("Forbidden", "done", "NotFound", "NotFound", "NotFound"),
        "other team": ("Forbidden", "Forbidden", "NotFound", "NotFound", "NotFound"),
        "housing": ("Forbidden", "Forbidden", "NotFound", "NotFound", "NotFound"),
        "coordinator": ("Forbidden", "Forbidden", "NotFound", "NotFound", "NotFound"),
        "administrator": ("Forbidden", "Forbidden", "done", "Forbidden", "done"),
    }
    hers = await own_feed(house.amina_signed_in)
    actions = ("make own", "make team", "see", "renew", "revoke")
    came_of_it = {
        name: tuple([await _attempt(action, viewer, house, hers.id) for action in actions])
        for name, viewer in (await _others(house)).items()
    }
    assert came_of_it == expected


async def test_owner_sees_renews_and_ends(house: House) -> None:
    viewer = house.amina_signed_in
    hers = await own_feed(viewer)
    assert [row.id for row in await my_feeds(viewer)] == [hers.id]
    renewed = await renew_feed(viewer, hers.id)
    assert [row.id for row in await my_feeds(viewer)] == [renewed.id]
    with pytest.raises(NotFound):
        await renew_feed(viewer, hers.id)
    await revoke_feed(viewer, renewed.id)
    assert await my_feeds(viewer) == ()
    with pytest.raises(NotFound):
        await revoke_feed(viewer, renewed.id)


async def test_only_administrators_list_the_feeds_of_others(house: House) -> None:
    await own_feed(house.amina_signed_in)
    listed = {name: len(await all_feeds(viewer)) for name, viewer in (await _others(house)).items()}
    assert {name for name, count in listed.items() if count} == {"administrator"}


async def test_choices_are_what_may_be_made(house: House) -> None:
    others = await _others(house)
    offered = {
        name: [choice.code for choice in await feed_choices(viewer)]
        for name, viewer in (others | {"amina": house.amina_signed_in}).items()
    }
    assert offered == {
        "amina": ["W-03", "ACT"],
        "same team": ["W-07", "ACT"],
        "lead": ["ACT"],
        "other team": ["W-20", "ICM"],
        "housing": [],
        "coordinator": [],
        "administrator": [],
    }


async def test_each_step_is_in_the_audit_trail(house: House) -> None:
    hers = await own_feed(house.amina_signed_in)
    renewed = await renew_feed(house.amina_signed_in, hers.id)
    await revoke_feed(house.amina_signed_in, renewed.id)
    rows = await fetch_all(
        "select action, object_id from audit_entries where object_kind = 'feed' order by id"
    )
    assert [(row["action"], int(row["object_id"])) for row in rows] == [
        ("make", hers.id),
        ("revoke", hers.id),
        ("make", renewed.id),
        ("revoke", renewed.id),
    ]


@pytest.mark.parametrize("device", ["", "   ", "x" * 61])
async def test_device_needs_a_name_of_reasonable_length(house: House, device: str) -> None:
    with pytest.raises(Invalid) as refused:
        await own_feed(house.amina_signed_in, device=device)
    assert set(refused.value.fields) == {"device"}


async def test_two_living_feeds_of_one_scope_cannot_share_a_name(house: House) -> None:
    first = await own_feed(house.amina_signed_in, device="Phone")
    with pytest.raises(Invalid):
        await own_feed(house.amina_signed_in, device=" phone ")
    await team_feed(house.amina_signed_in, house.team, device="phone")
    await own_feed(house.karim_signed_in, device="phone")
    await revoke_feed(house.amina_signed_in, first.id)
    await own_feed(house.amina_signed_in, device="phone")


async def test_number_of_feeds_is_limited(house: House) -> None:
    for number in range(MOST_FEEDS):
        await own_feed(house.amina_signed_in, device=f"device {number}")
    with pytest.raises(Invalid):
        await own_feed(house.amina_signed_in, device="one more")


async def test_tokens_differ(house: House) -> None:
    made = [await own_feed(house.amina_signed_in, device=str(number)) for number in range(5)]
    assert len({each.token for each in made}) == 5


async def test_versions_count_publications_and_their_instants_grow_by_seconds(
    house: House,
) -> None:
    workers = ["W-07", "W-03", "W-03"]
    seen = []
    for milliseconds in (900, 950, 990):
        at = MONDAY.replace(microsecond=milliseconds * 1000)
        await raise_feed_versions(team=house.team, workers=workers, at=at)
        seen.append(await fetch_all("select version, changed_at from feed_versions order by id"))
    assert [[row["version"] for row in rows] for rows in seen] == [[1] * 3, [2] * 3, [3] * 3]
    instants = [{row["changed_at"] for row in rows} for rows in seen]
    assert [len(each) for each in instants] == [1, 1, 1]
    assert [min(each).timestamp() - MONDAY.timestamp() for each in instants] == [0, 1, 2]
