"""The same problem in another order of input."""

import random
from dataclasses import replace

from scheduling.problem import Problem


def shuffled(week: Problem, rng: random.Random) -> Problem:
    """Everything whose order carries no meaning, in a random order."""

    def mixed(items: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(rng.sample(items, len(items)))

    return replace(
        week,
        places=mixed(week.places),
        workers=mixed(tuple(replace(w, languages=mixed(w.languages)) for w in week.workers)),
        tenants=mixed(tuple(replace(t, seen=mixed(t.seen)) for t in week.tenants)),
        visits=mixed(week.visits),
        pins=mixed(week.pins),
        published=week.published and mixed(week.published),
    )
