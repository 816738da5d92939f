"""A plan while it is searched: routes, crews, loads and the exact cost, move by move."""

from typing import NamedTuple

from scheduling.engine.compiled import Compiled
from scheduling.engine.crew import CrewCosts
from scheduling.engine.walk import FROZEN, SHIFT, Book, Route

OUT = -1


class Move(NamedTuple):
    """A visit's new place: cost it adds (unplaced cost not yet saved), then where each worker goes.

    `lanes[i]`, `positions[i]` belong to the worker in seat i; the token is the same for all.
    """

    cost: int
    day: int
    token: int
    lanes: tuple[int, ...]
    positions: tuple[int, ...]


class State:
    """Mutable; `copy` is cheap because everything inside is a flat list of immutable things."""

    __slots__ = (
        "book", "c", "cost", "count", "crew", "crews", "day", "load", "mask", "routes", "taken",
        "used",
    )  # fmt: skip

    def __init__(self, c: Compiled, book: Book, crews: CrewCosts) -> None:
        """Start with every visit unplaced."""
        self.c, self.book, self.crews = c, book, crews
        self.routes: list[Route] = [book.empty(lane) for lane in c.lanes]
        self.crew: list[tuple[int, ...]] = [()] * len(c.visits)
        self.mask = [0] * len(c.visits)
        self.day = [OUT] * len(c.visits)
        self.load = [worker.carried for worker in c.workers]
        self.count = [0] * (len(c.workers) * c.days)
        self.used = [0] * c.days
        self.taken: list[tuple[tuple[int, int], ...]] = [()] * (len(c.shared) * c.days)
        self.cost = sum(visit.unplaced for visit in c.visits)
        self.cost += sum(self.rotation(t, 0) for t in range(len(c.tenants)))
        self.cost += sum(self.overload(w, self.load[w]) for w in range(len(c.workers)))

    def copy(self) -> "State":
        """An independent state with the same plan."""
        twin = object.__new__(State)
        twin.c, twin.book, twin.crews, twin.cost = self.c, self.book, self.crews, self.cost
        twin.routes, twin.crew, twin.mask = self.routes[:], self.crew[:], self.mask[:]
        twin.day, twin.load, twin.count = self.day[:], self.load[:], self.count[:]
        twin.used, twin.taken = self.used[:], self.taken[:]
        return twin

    def rotation(self, tenant: int, extra: int) -> int:
        """Cost of workers still to meet, were the workers in mask `extra` placed as well."""
        people = self.c.tenants[tenant]
        if not people.distinct or not people.visits:
            return 0
        met = self.met(tenant) | extra
        short = people.distinct - people.strangers - met.bit_count()
        return self.c.rotation_weight * short if short > 0 else 0

    def met(self, tenant: int) -> int:
        """Mask of workers seen lately or placed with the tenant."""
        people = self.c.tenants[tenant]
        mask = people.seen
        for visit in people.visits:
            mask |= self.mask[visit]
        return mask

    def overload(self, worker: int, load: int) -> int:
        """Cost of a week's load, carried minutes included."""
        over = load - self.c.workers[worker].overload_after
        return self.c.overload_weight * over // 5 if over > 0 else 0

    def allowed_day(self, visit: int, day: int) -> bool:
        """Whether spacing to the tenant's placed visits leaves the day."""
        v = self.c.visits[visit]
        if not v.spaced:
            return True
        for other in self.c.tenants[v.tenant].visits:
            at = self.day[other]
            if at != OUT and other != visit:
                o = self.c.visits[other]
                if o.spaced and abs(at - day) < max(v.gap, o.gap):
                    return False
        return True

    def bearable(self, visit: int, mask: int) -> bool:
        """Whether the tenant's cap of distinct workers leaves this crew."""
        tenant = self.c.visits[visit].tenant
        people = self.c.tenants[tenant]
        met = self.met(tenant) | mask
        return met == people.seen or people.strangers + met.bit_count() <= people.cap

    def has_room(self, visit: int, worker: int, day: int) -> bool:
        """Whether the worker's limits of the day and the week leave this visit."""
        v, limits = self.c.visits[visit], self.c.workers[worker]
        if v.limited and self.count[worker * self.c.days + day] >= limits.max_visits:
            return False
        return self.load[worker] - limits.carried + v.minutes <= limits.visiting_limit

    def free_at(self, visit: int, day: int, start: int) -> bool:
        """Whether everything the visit shares with others is free from this start."""
        v = self.c.visits[visit]
        for r in v.shared:
            inside = [
                (a, b)
                for a, b in self.taken[r * self.c.days + day]
                if a < start + v.minutes and b > start
            ]
            if len(inside) < self.c.shared[r]:
                continue
            moments = [start, *(a for a, _ in inside if a > start)]
            if any(sum(a <= m < b for a, b in inside) >= self.c.shared[r] for m in moments):
                return False
        return True

    def slot_cost(self, visit: int, mask: int, day: int, start: int) -> int:
        """What the start of a frozen visit costs (a single visit's is in its route's cost)."""
        v, at = self.c.visits[visit], start // self.c.grid
        table = self.c.stops[visit].start_cost[day]
        cost = table[at] if table is not None else 0
        if v.factor:
            missing = (v.published_mask & ~mask).bit_count() + v.published_gone
            cost += missing * v.factor[day][at]
        return cost

    def place(self, visit: int, move: Move) -> None:
        """Make a move that `options` found for this very state."""
        for number, position in zip(move.lanes, move.positions, strict=True):
            old = self.routes[number]
            tokens = (*old.tokens[:position], move.token, *old.tokens[position:])
            new = self.book.route(number, tokens)
            assert new is not None, "an option that cannot be walked"
            self.swap(number, old, new)
        self.settle(visit, move.lanes, move.token)

    def settle(self, visit: int, lanes: tuple[int, ...], tok: int) -> None:
        """Book a visit that already stands in its routes: crew, loads, limits, costs."""
        v, days = self.c.visits[visit], self.c.days
        before = self.rotation(v.tenant, 0)
        day, mask = self.c.lanes[lanes[0]].day, 0
        for number in lanes:
            worker = self.c.lanes[number].worker
            mask |= 1 << worker
            self._load(worker, v.minutes)
            self.count[worker * days + day] += v.limited
        start = (tok & 4095) - FROZEN
        for r in v.shared:
            self.taken[r * days + day] += ((start, start + v.minutes),)
        self.crew[visit], self.mask[visit], self.day[visit] = lanes, mask, day
        self.cost += self.crews.cost(visit, mask) - v.unplaced
        if v.frozen:
            self.cost += self.slot_cost(visit, mask, day, start)
        self.cost += self.rotation(v.tenant, 0) - before

    def remove(self, visit: int) -> bool:
        """Take a placed visit out; False and no change if a way would then be too long to walk.

        (Only a travel matrix in which a detour is shorter than the way itself can cause that.)
        """
        v, days, day = self.c.visits[visit], self.c.days, self.day[visit]
        swaps = []
        start = OUT
        for number in self.crew[visit]:
            old = self.routes[number]
            tokens = tuple(t for t in old.tokens if t >> SHIFT != visit)
            new = self.book.route(number, tokens)
            if new is None:
                return False
            start = next(t for t in old.tokens if t >> SHIFT == visit) & 4095
            swaps.append((number, old, new))
        before = self.rotation(v.tenant, 0)
        for number, old, new in swaps:
            self.swap(number, old, new)
            self._load(old.lane.worker, -v.minutes)
            self.count[old.lane.worker * days + day] -= v.limited
        start -= FROZEN
        for r in v.shared:
            kept = list(self.taken[r * days + day])
            kept.remove((start, start + v.minutes))
            self.taken[r * days + day] = tuple(kept)
        if v.frozen:
            self.cost -= self.slot_cost(visit, self.mask[visit], day, start)
        self.cost += v.unplaced - self.crews.cost(visit, self.mask[visit])
        self.crew[visit], self.mask[visit], self.day[visit] = (), 0, OUT
        self.cost += self.rotation(v.tenant, 0) - before
        return True

    @classmethod
    def of_rounds(
        cls,
        empty: "State",
        rounds: list[tuple[int, tuple[int, ...]]],
        crews: dict[int, tuple[int, ...]],
    ) -> "State":
        """A state from whole rounds (lane, tokens); `crews`: lanes in seat order by frozen visit.

        ValueError if a round cannot be walked. Limits of day and week are not asked.
        """
        state = empty.copy()
        at: dict[int, tuple[int, ...]] = dict(crews)
        tokens_of: dict[int, int] = {}
        for number, tokens in rounds:
            route = state.book.route(number, tokens)
            if route is None:
                raise ValueError(f"the round of lane {number} cannot be walked")
            state.swap(number, state.routes[number], route)
            for tok in tokens:
                visit = tok >> SHIFT
                if visit < len(state.c.visits):
                    at.setdefault(visit, (number,))
                    tokens_of[visit] = tok
        for visit, lanes in at.items():
            state.settle(visit, lanes, tokens_of[visit])
        return state

    def held_token(self, visit: int) -> int:
        """Token of a placed visit."""
        route = self.routes[self.crew[visit][0]]
        return next(t for t in route.tokens if t >> SHIFT == visit)

    def start(self, visit: int) -> int:
        """Start of a placed visit."""
        route = self.routes[self.crew[visit][0]]
        assert route.starts is not None
        return next(
            s for t, s in zip(route.tokens, route.starts, strict=True) if t >> SHIFT == visit
        )

    def swap(self, number: int, old: Route, new: Route) -> None:
        self.routes[number] = new
        self.cost += new.cost - old.cost
        self.used[old.lane.day] += new.minutes - old.minutes

    def _load(self, worker: int, minutes: int) -> None:
        load = self.load[worker]
        self.cost += self.overload(worker, load + minutes) - self.overload(worker, load)
        self.load[worker] = load + minutes
