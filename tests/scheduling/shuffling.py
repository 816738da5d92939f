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
        workers=tuple(
            replace(w, skills=mixed(w.skills), languages=mixed(w.languages), busy=mixed(w.busy))
            for w in mixed(week.workers)
        ),
        tenants=tuple(
            replace(t, languages=mixed(t.languages), seen=mixed(t.seen), known=mixed(t.known))
            for t in mixed(week.tenants)
        ),
        visits=mixed(week.visits),
        pins=mixed(week.pins),
        published=week.published and mixed(week.published),
    )
