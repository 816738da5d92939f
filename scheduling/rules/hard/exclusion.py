"""`exclusion`: people and places that must not meet, and dogs for those who declared 'no dogs'."""

from collections.abc import Iterator

from scheduling.problem import Worker
from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Placed, Reading

NAME = "exclusion"
TENANT = N_("%(worker)s and tenant %(tenant)s of visit %(visit)s must not meet.")
PLACE = N_("%(worker)s does not go to place %(place)s of visit %(visit)s.")
DOGS = N_("There are dogs at visit %(visit)s, and %(worker)s does not go where dogs are.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit, worker and reason."""
    for one in reading.placed.values():
        for worker in one.workers:
            for sentence in _reasons(one, worker, reading):
                yield Breach(
                    NAME,
                    sentence,
                    visits=(one.visit.code,),
                    workers=(worker.code,),
                    tenants=(one.tenant.code,),
                    day=one.day,
                )


def _reasons(one: Placed, worker: Worker, reading: Reading) -> Iterator[Sentence]:
    values: Values = {"worker": worker.code, "visit": one.visit.code}
    if worker.code in one.tenant.excluded:
        yield Sentence(TENANT, {**values, "tenant": one.tenant.code})
    ways = (one.place, one.visit.pick_up, one.visit.end_place)
    for place in dict.fromkeys(way for way in ways if way):
        if worker.code in reading.places[place].excluded:
            yield Sentence(PLACE, {**values, "place": place})
    if one.visit.dogs and worker.no_dogs:
        yield Sentence(DOGS, values)


RULE = HardRule(
    NAME,
    N_("Must not meet"),
    breaches,
    asks=(
        "No worker of the visit is in `excluded` of its tenant, its place, its pick-up or its "
        "end place; nobody with `no_dogs` where there are `dogs`."
    ),
    says=TENANT,
)
