"""Cases of soft rules about who comes."""

from collections.abc import Mapping
from dataclasses import replace

from tests.scheduling.factories import tenant, visit, worker
from tests.scheduling.plans import at
from tests.scheduling.rules.small import (
    PAIR,
    PLAIN,
    V1,
    V1_BOTH,
    V1_OTHER,
    SoftCase,
    soft,
    three,
    two_visits,
    with_tenant,
)


def not_primary_cases() -> list[SoftCase]:
    own = with_tenant(primary="w1")
    pair = replace(own, visits=PAIR.visits)
    return [
        soft("other", own, good=(V1,), bad=(V1_OTHER,), cost=30),
        soft(
            "second of a pair",
            replace(pair, workers=(*pair.workers, worker("w3"))),
            good=(at("v1", "w2", "w1"),),
            bad=(at("v1", "w2", "w3"),),
            cost=30,
            lifted=PAIR,
        ),
    ]


def not_backup_cases() -> list[SoftCase]:
    backed = replace(with_tenant(primary="w1", backup=("w2",)), workers=three())
    stranger = at("v1", "w3")
    own_only = replace(with_tenant(primary="w1"), workers=three())
    return [
        soft("own", backed, good=(V1,), bad=(stranger,), cost=15, lifted=own_only),
        soft("back-up", backed, good=(V1_OTHER,), bad=(stranger,), cost=15, lifted=own_only),
    ]


def introduction_cases() -> list[SoftCase]:
    known = with_tenant(known=("w1",))
    pair = replace(known, visits=PAIR.visits, workers=three())
    return [
        soft("stranger", known, good=(V1,), bad=(V1_OTHER,), cost=20),
        soft(
            "introduced",
            pair,
            good=(V1_BOTH,),
            bad=(at("v1", "w2", "w3"),),
            cost=20,
            lifted=replace(pair, tenants=PLAIN.tenants),
        ),
    ]


def language_cases() -> list[SoftCase]:
    workers = worker("w1", languages=("fr", "ar")), worker("w2", languages=("nl",))
    arabic = replace(with_tenant(languages=("ar", "en")), workers=workers)
    return [
        soft(
            "nobody",
            arabic,
            good=(V1,),
            bad=(V1_OTHER,),
            cost=30,
            lifted=replace(arabic, tenants=PLAIN.tenants),
        ),
        soft(
            "one of two",
            replace(arabic, visits=PAIR.visits, workers=(*workers, worker("w3"))),
            good=(V1_BOTH,),
            bad=(at("v1", "w2", "w3"),),
            cost=30,
            lifted=replace(PAIR, workers=(*workers, worker("w3"))),
        ),
    ]


def gender_cases() -> list[SoftCase]:
    workers = worker("w1", gender="f"), worker("w2", gender="m")
    wish = replace(with_tenant(gender="f"), workers=workers)
    hard = replace(wish, tenants=(tenant("t1", gender="f", gender_hard=True),))
    return [
        soft("nobody", wish, good=(V1,), bad=(V1_OTHER,), cost=15),
        soft("hard wishes cost nothing", wish, good=(V1,), bad=(V1_OTHER,), cost=15, lifted=hard),
        soft(
            "one of two",
            replace(wish, visits=PAIR.visits, workers=(*workers, worker("w3"))),
            good=(V1_BOTH,),
            bad=(at("v1", "w2", "w3"),),
            cost=15,
            lifted=replace(PAIR, workers=(*workers, worker("w3"))),
        ),
    ]


def wanted_cases() -> list[SoftCase]:
    either = replace(with_tenant(wanted=("w1", "w3")), workers=three())
    return [soft("none of them", either, good=(V1,), bad=(V1_OTHER,), cost=20)]


def unwanted_cases() -> list[SoftCase]:
    both = with_tenant(unwanted=("w1", "w2"))
    pair = replace(both, visits=PAIR.visits, workers=(*three(), worker("w4")))
    return [
        soft("one", with_tenant(unwanted=("w2",)), good=(V1,), bad=(V1_OTHER,), cost=60),
        soft("two", pair, good=(at("v1", "w3", "w4"),), bad=(V1_BOTH,), cost=120, lifted=PAIR),
    ]


def rotation_cases() -> list[SoftCase]:
    turns = two_visits(
        tenants=(tenant("t1", distinct=3, seen=("w1", "w7")),),
        visits=(visit("v1"), visit("v2")),
        workers=three(),
    )
    again, alone = at("v2", "w1", day=1), two_visits(tenants=(tenant("t1"),), visits=turns.visits)
    return [
        soft(
            "one missing",
            turns,
            good=(V1, at("v2", "w2", day=1)),
            bad=(V1, again),
            cost=40,
            lifted=alone,
        ),
        soft(
            "two missing, nothing placed",
            replace(turns, tenants=(tenant("t1", distinct=2, seen=()),)),
            good=(V1, at("v2", "w2", day=1)),
            bad=(),
            cost=80,
            lifted=alone,
        ),
        soft(
            "a tenant without visits",
            replace(turns, tenants=(tenant("t1", distinct=2), tenant("t9", distinct=3))),
            good=(V1, at("v2", "w2", day=1)),
            bad=(V1, again),
            cost=40,
            lifted=replace(alone, tenants=(tenant("t1"), tenant("t9", distinct=3))),
        ),
    ]


SOFT_PEOPLE: Mapping[str, list[SoftCase]] = {
    "not_primary": not_primary_cases(),
    "not_backup": not_backup_cases(),
    "introduction": introduction_cases(),
    "language": language_cases(),
    "gender": gender_cases(),
    "wanted": wanted_cases(),
    "unwanted": unwanted_cases(),
    "rotation": rotation_cases(),
}
