"""The empty plan, and paper to write on: where every search begins."""

from scheduling.engine import layout as at
from scheduling.engine.clocks import price, walk
from scheduling.engine.kernel import Array, array, compiled, seeded
from scheduling.engine.ledger import tenant_price, worker_price


def empty(t: Array, *, lunch: bool = True) -> Array:
    """S with every visit left out; `lunch` False: as if none were due."""
    s = array(int(t[at.S_SIZE]))
    clear(t, s, 1 if lunch else 0)
    return s


def paper(t: Array) -> Array:
    """W."""
    return array(int(t[at.W_SIZE]))


def memory(t: Array) -> Array:
    """K, which remembers nothing yet."""
    return array(int(t[at.CALLS] * t[at.LANES] * at.K_STRIDE))


def dice(seed: int) -> Array:
    """R: the random generator, and the stamp that versions of lanes come from."""
    r = array(at.R_SIZE)
    r[0], r[1] = seeded(seed)
    r[2] = 1
    return r


@compiled
def clear(t: Array, s: Array, lunch: int) -> None:
    """Take every visit out: lanes with their busy times only, and what all left out costs."""
    cost = 0
    for visit in range(t[at.VISITS]):
        s[t[at.S_DAY] + visit] = at.OUT
        cost += t[t[at.VISIT_OUT] + visit]
    for call in range(t[at.CALLS]):
        s[t[at.S_LANE] + call] = at.OUT
    for tenant in range(t[at.TENANTS]):
        known = t[t[at.TENANT_KNOWN] + tenant]
        s[t[at.S_NMET] + tenant] = known
        cost += tenant_price(t, tenant, known)
    for cell in range(t[at.TENANTS] * t[at.WORKERS]):
        s[t[at.S_MET] + cell] = 0
    for worker in range(t[at.WORKERS]):
        s[t[at.S_LOAD] + worker] = t[t[at.WORKER_CARRIED] + worker]
        cost += worker_price(t, worker, t[t[at.WORKER_CARRIED] + worker])
    for cell in range(t[at.WORKERS] * t[at.DAYS]):
        s[t[at.S_COUNT] + cell] = 0
    for day in range(t[at.DAYS]):
        s[t[at.S_USED] + day] = s[t[at.S_BUSYDAY] + day] = 0
    for lane in range(t[at.LANES]):
        row, day = lane * t[at.STRIDE], t[t[at.LANE_DAY] + lane]
        for i in range(t[t[at.LANE_BUSIES] + lane]):
            stop = t[t[at.LANE_BUSY] + lane] + i
            s[t[at.S_SEQ] + row + i] = stop
            s[t[at.S_HOW] + row + i] = t[t[t[at.STOP_RANGES] + stop * t[at.DAYS] + day] + 1]
        s[t[at.S_LEN] + lane] = t[t[at.LANE_BUSIES] + lane]
        walk(t, s, lane, lane, t[t[at.LANE_LUNCH] + lane] * lunch)
        price(t, s, lane, lane)
        s[t[at.S_VERSION] + lane] = 1
    s[at.COST], s[at.LATEST] = cost, 0
