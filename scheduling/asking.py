"""Where one visit could go in a finished plan if something were different: tables, altered.

The kernel's tables are copied, a few cells of the copy are changed, and the one visit is tried. The
copy has room for any lane of the team, whatever the static chain left of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from scheduling.engine import layout as at
from scheduling.engine.clocks import walk
from scheduling.engine.compiled import CompiledVisit, Lane, Ranges
from scheduling.engine.draft import Draft, Move, Side, Tools
from scheduling.engine.filters import role_mask
from scheduling.engine.gaps import insert_into
from scheduling.engine.insert import best_single
from scheduling.engine.kernel import Array, array_of, copy_of
from scheduling.engine.ledger import rewalk
from scheduling.engine.tables import with_choices
from scheduling.problem import Pin, Placement, Tenant, Visit

Orders = Mapping[int, Sequence[int]]
"""By lane: its stops in order, the visit asked about among them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place for the visit: what it adds by the tables, and the order of the rounds it is in."""

    cost: int
    placement: Placement
    orders: Orders


@dataclass
class Asked:
    """One visit with all that decides where it may go; change a field, and ask again."""

    visit: Visit
    tenant: Tenant
    pin: Pin | None
    roles: int
    barred: int
    gender: int
    contact: bool = True
    cells: dict[int, int] = field(default_factory=dict)
    alone: bool = False
    seats: tuple[int, ...] | None = None
    lanes: frozenset[int] | None = None
    spans: tuple[Ranges, ...] | None = None


class Asker:
    """Asks about visits of one draft."""

    def __init__(self, draft: Draft) -> None:
        """The draft is not changed by any question."""
        self.draft, self.c = draft, draft.c
        problem = self.c.problem
        self.visits = {visit.code: visit for visit in problem.visits}
        self.tenants = {tenant.code: tenant for tenant in problem.tenants}
        self.pins = {pin.visit: pin for pin in problem.pins}
        self.index = {visit.code: v for v, visit in enumerate(self.c.visits)}
        self.workers = {worker.code: w for w, worker in enumerate(self.c.workers)}
        self.excluded = {place.code: place.excluded for place in problem.places}

    @cached_property
    def tables(self) -> Array:
        """The tables with scratch paper for any list of lanes."""
        if not self.c.visits:
            return self.c.tables
        every = tuple(
            tuple(lane.number for lane in self.c.lanes if lane.day == day)
            for day in range(self.c.days)
        )
        widest = replace(self.c.visits[0], lanes=every)
        return with_choices(self.c.tables, replace(self.c, visits=(widest, *self.c.visits[1:])))

    def about(self, code: str) -> Asked:
        """A visit as it is asked for."""
        visit = self.visits[code]
        tenant, compiled = self.tenants[visit.tenant], self.c.visits[self.index[code]]
        return Asked(
            visit=visit,
            tenant=tenant,
            pin=self.pins.get(code),
            roles=role_mask(compiled),
            barred=self._barred(visit, tenant),
            gender=self._of_gender(tenant) if tenant.gender_hard else self.everyone,
        )

    @property
    def everyone(self) -> int:
        """A mask of all workers."""
        return (1 << len(self.c.workers)) - 1

    def best(self, asked: Asked, draft: Draft | None = None) -> Found | None:
        """The cheapest place for the visit, None if there is none."""
        base = self.draft if draft is None else draft
        v = self.index[asked.visit.code]
        compiled = self.c.visits[v]
        t = self._altered(asked, v, compiled)
        tools = Tools(replace(self.c, tables=t))
        one = Draft(tools, copy_of(base.s))
        tools.r[at.STAMP] = base.tools.r[at.STAMP]
        if asked.cells:
            self._rewalk(one)
        if asked.alone:
            cost = int(best_single(t, one.s, tools.w, tools.k, v, 0, 0))
            first = t[at.W_MOVE]
            cells = [int(cell) for cell in tools.w[first : first + 5]]
            move = None if cost >= at.NO else Move(cost, cells[1], (Side(*cells[2:]),))
        else:
            move = one.best_move(v)
        return None if move is None else self.found(one, v, move)

    def lanes_of(self, asked: Asked, day: int) -> list[int]:
        """Lanes of a day whose workers could be asked, whatever stands in them."""
        compiled = self.c.visits[self.index[asked.visit.code]]
        single = asked.alone or len(compiled.seats) == 1
        mask = asked.roles & asked.gender & ~asked.barred
        if single:
            mask &= self.c.alone
        last = asked.tenant.last_contact
        soon = last is not None and day - last < asked.visit.gap_days
        hard = self.c.problem.weights.spacing is None and not asked.visit.exempt_from_spacing
        if soon and hard and asked.contact:
            return []
        room = self.draft.t[at.CAP]
        return [
            lane.number
            for lane in self.c.lanes
            if lane.day == day
            and mask >> lane.worker & 1
            and (asked.lanes is None or lane.number in asked.lanes)
            and self.draft.s[self.draft.t[at.S_LEN] + lane.number] < room
        ]

    def _altered(self, asked: Asked, v: int, compiled: CompiledVisit) -> Array:
        t, days = copy_of(self.tables), self.c.days
        for cell, value in asked.cells.items():
            t[cell] = value
        for day in range(days):
            lanes = self.lanes_of(asked, day)
            t[t[at.VISIT_LANES] + v * days + day] = _append(t, (len(lanes), *lanes))
        if asked.spans is not None:
            for i, _ in enumerate(compiled.seats):
                for day, ranges in enumerate(asked.spans[i * days : (i + 1) * days]):
                    cell = (compiled.first + i) * days + day
                    flat = (len(ranges), *(end for pair in ranges for end in pair))
                    t[t[at.STOP_RANGES] + cell] = _append(t, flat)
                    t[t[at.STOP_NARROW] + cell] = 0
        for i, mask in enumerate(asked.seats or ()):
            row = t[at.CALL_OK] + (compiled.first + i) * len(self.c.workers)
            for w in range(len(self.c.workers)):
                t[row + w] = mask >> w & 1
        return t

    def _rewalk(self, one: Draft) -> None:
        """Run the clocks of every lane again, by the altered tables."""
        for lane in self.c.lanes:
            rewalk(one.t, one.s, one.tools.r, lane.number)

    def found(self, one: Draft, v: int, move: Move) -> Found:
        """A move of a draft that was not made yet, in the problem's terms."""
        compiled, slot = self.c.visits[v], len(self.c.lanes)
        starts: list[int] = []
        orders: dict[int, tuple[int, ...]] = {}
        for i, side in enumerate(move.sides):
            insert_into(one.t, one.s, side.lane, slot, compiled.first + i, side.how, side.position)
            walk(one.t, one.s, slot, side.lane, int(one.t[one.t[at.LANE_LUNCH] + side.lane]))
            row = slot * one.t[at.STRIDE]
            starts.append(int(one.s[one.t[at.S_TIME] + row + side.position]))
            seq = one.t[at.S_SEQ] + row
            orders[side.lane] = tuple(
                int(stop) for stop in one.s[seq : seq + int(one.s[one.t[at.S_LEN] + slot])]
            )
        offsets = tuple(start - starts[0] for start in starts)
        return Found(
            move.cost,
            Placement(
                visit=compiled.code,
                day=move.day,
                start=starts[0],
                workers=tuple(self._name(self.c.lanes[side.lane]) for side in move.sides),
                offsets=offsets if any(offsets) else (),
            ),
            orders,
        )

    def _name(self, lane: Lane) -> str:
        return self.c.workers[lane.worker].code

    def mask(self, codes: Iterable[str]) -> int:
        """A mask of those of the codes who are workers here."""
        return sum(1 << self.workers[code] for code in set(codes) if code in self.workers)

    def _barred(self, visit: Visit, tenant: Tenant) -> int:
        """Whoever may never go there."""
        spots = {visit.place or tenant.place, visit.pick_up, visit.end_place}
        out = {*tenant.excluded, *(c for spot in spots if spot for c in self.excluded[spot])}
        if visit.dogs:
            out |= {worker.code for worker in self.c.problem.workers if worker.no_dogs}
        return self.mask(out)

    def _of_gender(self, tenant: Tenant) -> int:
        team = self.c.problem.workers
        return self.mask(w.code for w in team if tenant.gender in (None, w.gender))


def _append(t: Array, values: Sequence[int]) -> int:
    """Put values behind the tables; where they stand."""
    place = len(t)
    t.extend(array_of(values))
    return place
