"""Where everything of an order search stands in its one flat array `T`, read by `@compiled` code.

A visit, a call (one seat of a visit) and a worker's base are each known by the offset of their
record in `T`; `T[record + FIELD]` is a field. A base is at once the first and the last stop of its
worker's round, so that a round is a ring of calls through the base. No record has offset 0.
"""

# The head of T: single numbers, and the offsets of tables.
(
    PLACED,  # how many visits stand in the order
    OUT,  # how many are left out
    VISITS,  # how many there are
    CALLS,
    WORKERS,
    FIRST_VISIT,
    FIRST_CALL,
    FIRST_BASE,
    ORDER,  # table: the visits placed, in the order in which they are decoded
    OUTSIDE,  # table: the visits left out
    BEST,  # table: how many are placed, the order, the worker of each call, as `keep` found them
    LOG,  # table: what the move in hand has changed
    LOGGED,  # length of that table
    DRAWS,  # table: exponential draws with mean 1000
    STAMP,  # number of the move in hand; a visit whose FLAG is equal waits to be decoded
    WAITING,  # how many visits wait
    FROM,  # no position before this one waits
    BASE_LIST,  # table: bases that wait
    BASES,  # length of that table
    WAY,  # minutes of travel, all rounds
    LATENESS,  # minutes, all calls
    LARGEST,  # minutes, latest call
    OVERRUN,  # minutes past hard ends, all calls and bases
    LEFT_OUT,  # price of the visits left out
    OLD_WAY,  # the same before the move in hand
    OLD_LATENESS,
    OLD_LARGEST,
    OLD_OVERRUN,
    OLD_LEFT_OUT,
    WAY_WEIGHT,
    LATENESS_WEIGHT,
    LARGEST_WEIGHT,
    OVERRUN_WEIGHT,
    COST,  # of the order in hand, overrun included
    BEST_COST,  # of the best order without overrun
    FALLING,  # 1 if the latest call of before the move has got earlier
    ONE,  # the visits of the move in hand, and where they stood
    OTHER,
    ONE_PLACE,
    OTHER_PLACE,
    MOVED,  # table: the calls that the move in hand has passed on
    MOVES,  # length of that table
    SHARES,  # table: of 256 moves, how many are of each kind, summed up
    HEAD,
) = range(44)

# A call, and the base of a worker (which uses the fields marked *).
(
    PREV,  # * the record before in the round
    NEXT,  # * the record after
    START,
    END,  # * start plus minutes; of a base the start of the lane
    LATE,  # minutes after DUE
    OVER,  # * minutes after LAST
    WORKER,  # * the base of its worker
    WAS,  # its worker before the move in hand
    WANT,  # its worker after it, if the move is made
    VISIT,  # its visit; 0 marks a base
    ROW,  # * offset of the travel minutes from where it ends, in the table of the first mode
    COLUMN,  # * which of them leads to where it begins
    MODE,  # * of a base: added to ROW for the table of the worker's mode
    MINUTES,
    OPEN,  # earliest start
    DUE,  # latest start without lateness
    LAST,  # * latest start; of a base the end of the lane
    LEAST,  # starts at least so long after the first call of the visit
    MOST,  # and at most so long
    ABLE,  # offset of: how many workers may take it, then their bases
    MAY,  # offset of a row of 0 and 1 by NUMBER of the base: may take it
    NUMBER,  # * of the base, or of the call
    RECORD,
) = range(23)

# A visit.
(
    PLACE,  # position in the order; -1 when left out
    CALL,  # its first call; the others follow
    SEATS,  # how many calls
    FLAG,
    PRICE,  # of being left out
    NEAR,  # offset of visits that go well beside it: twice the record, plus 1 for 'before that one'
    NEARS,  # how many those are
    CODE,  # its number for whoever built T
    VISIT_RECORD,
) = range(9)

# A line of the log: a call or base, and its fields before the move.
LOG_LINE = 5
