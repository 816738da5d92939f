"""Where everything stands in the flat arrays of pricing: names for positions, no code.

`p` describes a lane, its nodes being calls, then busy times; a way from or to node P_NODES is one
from or to the base. Time is in slots of the grid from the lane's start. Labels (rounds under way)
stand L_FIELDS cells each, their visits beside them as bits, P_WORDS words each.
"""

P_CALLS, P_NODES, P_SLOTS, P_DUE, P_FROM, P_TO, P_LUNCH, P_LIMIT, P_VISITS, P_WORDS = range(10)
"""Numbers: lunch due, when and how long, most visits, different visits."""
P_MINUTES, P_VISIT, P_LIMITED, P_WAYS, P_NEXT, P_DONE, P_BUSY, P_LATEST = range(10, 18)
"""Blocks by node, by slot, or both: P_NEXT the next slot at which a node may begin, P_DONE the busy
times begun before a slot, P_BUSY the slot of the next, P_LATEST the visits still possible."""
P_LAYERS, P_LAST, P_SOONEST, P_HEADER = range(18, 22)
"""Layers of completions; blocks by node: last start, and a slot before which it has not ended."""

NEVER = 1 << 50
"""The price of what cannot be."""
BITS = 60
"""Bits of a word."""
L_COST, L_NODE, L_HAD, L_TIME, L_COUNT, L_PARENT, L_START, L_NEXT, L_KEPT, L_WAY = range(10)
L_FIELDS = 10
