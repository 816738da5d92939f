"""Where everything stands in the flat arrays of the kernel: names for positions, no code.

`T` holds the problem and never changes, `S` a plan while it is searched, `W` is scratch paper, `K`
remembers insertions, `R` is the random generator with what a run counts. A name of the first list
is a position in T that holds a number; one of the second a position in T that holds where a block
begins (in T itself, or, for the blocks of S and W, in those).
"""

from itertools import count

_next = count().__next__

# ---- numbers
VISITS = _next()
CALLS = _next()
"""A call is one seat of a visit: one worker, one start. Stops are calls, then busy times."""
STOPS = _next()
LANES = _next()
WORKERS = _next()
DAYS = _next()
PLACES = _next()
TENANTS = _next()
SHARED = _next()
GRID = _next()
LUNCH_FROM = _next()
LUNCH_TO = _next()
LUNCH = _next()
CAP = _next()
"""Stops that a lane can hold; a slot of S has CAP + 2 cells in each of its rows."""
STRIDE = _next()
WAY_WEIGHT = _next()
WAIT_WEIGHT = _next()
ROTATION_WEIGHT = _next()
OVERLOAD_WEIGHT = _next()
LATEST_WEIGHT = _next()
LIMIT_PRICE = _next()
"""Prices of rules that may be soft; HARD where they are not."""
VISITING_PRICE = _next()
RESERVE_PRICE = _next()
DISTINCT_PRICE = _next()
SPACING_PRICE = _next()
TIED = _next()
"""1 if any day has a reserve."""
MOST_SEATS = _next()

# ---- blocks of T: by lane
LANE_WORKER = _next()
LANE_DAY = _next()
LANE_START = _next()
LANE_END = _next()
LANE_LUNCH = _next()
LANE_BASE = _next()
LANE_WAYS = _next()
"""Where the lane's table of travel minutes stands in T: PLACES x PLACES."""
LANE_BUSY = _next()
LANE_BUSIES = _next()
# ---- by stop
STOP_MINUTES = _next()
STOP_FROM = _next()
STOP_TO = _next()
STOP_VISIT = _next()
STOP_UNTIL = _next()
"""Latest start without lateness, LATE without one."""
STOP_RANGES = _next()
"""[stop * DAYS + day]: where its list of allowed starts stands: n, first, last, first, last ..."""
STOP_NARROW = _next()
STOP_COST = _next()
"""[stop * DAYS + day]: where the cost of each start on the grid stands, 0 if all are free."""
STOP_PRICED = _next()
"""[stop * DAYS + day]: 1 if the start of a single visit costs anything in its lane's price."""
# ---- by call
CALL_LEAST = _next()
CALL_MOST = _next()
CALL_OK = _next()
"""[call * WORKERS + worker]: 1 if the worker may take this seat."""
CALL_WAS_WORKER = _next()
CALL_WAS_START = _next()
# ---- by visit
VISIT_CALL = _next()
"""First call; one more entry than visits."""
VISIT_TENANT = _next()
VISIT_OUT = _next()
VISIT_RANK = _next()
VISIT_FROZEN = _next()
VISIT_ALIKE = _next()
"""1 if its seats have the same minutes and begin together."""
VISIT_HELD = _next()
VISIT_PINNED = _next()
VISIT_LEARNERS = _next()
VISIT_GAP = _next()
VISIT_SPACED = _next()
VISIT_LIMITED = _next()
VISIT_OPTIONS = _next()
VISIT_LANES = _next()
"""[visit * DAYS + day]: where its list of lanes stands: n, lane, lane ..."""
VISIT_SHARED = _next()
VISIT_FACTOR = _next()
"""[visit * DAYS + day]: where the price of each worker changed stands, by start; 0: none."""
VISIT_WAS_DAY = _next()
VISIT_WERE = _next()
"""Number of workers it is published with."""
VISIT_BITS = _next()
"""[visit * WORKERS + worker]: which wishes the worker meets, and WAS if published with them."""
VISIT_CREW = _next()
"""[visit * 64 + bits]: what a crew costs that meets these wishes together."""
VISIT_EXTRA = _next()
"""[visit * WORKERS + worker]: what this worker costs whoever else comes."""
ORDER = _next()
"""Visits in the order of construction."""
RANK = _next()
"""By visit: its place in that order."""
# ---- by worker
WORKER_ALONE = _next()
WORKER_SECOND = _next()
WORKER_VISITS = _next()
WORKER_LIMIT = _next()
WORKER_OVER = _next()
WORKER_CARRIED = _next()
# ---- by tenant
TENANT_VISITS = _next()
TENANT_DISTINCT = _next()
TENANT_CAP = _next()
TENANT_KNOWN = _next()
TENANT_SEEN = _next()
# ---- the rest
SHARED_COUNT = _next()
SHARED_VISITS = _next()
CAPACITY = _next()
EXPONENTIAL = _next()

# ---- blocks of S
S_DAY = _next()
S_LANE = _next()
"""By call: the lane it stands in, OUT if none."""
S_AT = _next()
"""By call: how it is held; its start, if its visit is frozen and placed."""
S_PLACE = _next()
"""By call: the position it was last taken from."""
S_LEN = _next()
S_WAY = _next()
S_COST = _next()
S_MINUTES = _next()
S_VERSION = _next()
S_VISITS = _next()
S_PRICED = _next()
S_LATE = _next()
S_SEQ = _next()
S_HOW = _next()
S_TIME = _next()
S_LEG = _next()
S_C0 = _next()
S_C1 = _next()
S_L0 = _next()
S_L1 = _next()
S_LOAD = _next()
S_COUNT = _next()
S_USED = _next()
S_BUSYDAY = _next()
"""By day: visits placed."""
S_MET = _next()
S_NMET = _next()
S_SIZE = _next()

# ---- blocks of W
W_SPANS = _next()
W_SPAN_OF = _next()
W_STARTS = _next()
W_BEST = _next()
W_CAND = _next()
W_MOVE = _next()
W_TRY = _next()
W_LIST = _next()
W_KEY = _next()
W_MARK = _next()
W_REMOVED = _next()
W_KEEP = _next()
"""For each seat of a visit to be kept: worker, start."""
W_SIZE = _next()

HEADER = _next()

# ---- the first cells of S
COST = 0
LATEST = 1
S_HEADER = 2

# ---- the cells of R: two words of the generator, then what a run counts
STAMP = 2
R_SIZE = 3

# ---- signs
WIDE, NARROW = -1, -2
"""How a stop is held: at any allowed start, at its cheapest starts, or (0 or more) at that one."""
OUT = -1
HARD = -1
NO = 1 << 50
"""The price of what cannot be."""
LATE, EARLY = 1 << 20, -(1 << 20)
NO_LIMIT = 1 << 20
WAS = 64
WISHES = 64
K_STRIDE = 4
SPAN = 6
"""Cells of a span: lane, minutes of way added, position, first and last start, other cost."""
MOST_STARTS = 40
MOST_PER_SEAT = 4
