"""Compiled when numba is there, plain Python when not: one source, the same numbers.

A kernel function takes and returns integers of 64 bits and flat arrays of them, and nothing else:
numpy arrays when compiled, lists when not. It never overflows, so that both agree to the bit.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
Array = Any
"""A flat array of integers: numpy int64 when compiled, else a list."""

MASK = 0xFFFFFFFF


def _cache_folder() -> Path | None:
    """A folder of our own for compiled code, named after the sources, so that none is ever stale.

    (The compiler looks at the time of the one file a function stands in, not at those it calls.)
    """
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        text = path.read_bytes()
        if b"@compiled" in text:
            digest.update(text)
    named = os.environ.get("THUISRONDE_KERNEL_CACHE")
    home = Path(named) if named else Path.home() / ".cache" / "thuisronde"
    folder = home / f"kernel-{digest.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _load() -> tuple[Any, Any]:
    """(numba, numpy), or (None, None) where there is no compiler or none is wanted."""
    if os.environ.get("THUISRONDE_COMPILED") == "0":
        return None, None
    try:
        import numba  # optional: the same plan without it, slower
        import numpy as np
    except ImportError:
        return None, None
    folder = _cache_folder()
    if folder is not None:
        numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return numba, np


_NUMBA, _NP = _load()
COMPILED = _NUMBA is not None


def compiled(function: F) -> F:
    """The function, compiled at its first call and kept on disk; itself where nothing compiles."""
    if _NUMBA is None:
        return function
    wrapped: F = _NUMBA.njit(cache=True, nogil=True)(function)
    return wrapped


def array(n: int) -> Array:
    """`n` zeros."""
    return [0] * n if _NP is None else _NP.zeros(n, dtype=_NP.int64)


def array_of(values: Iterable[int]) -> Array:
    """These values."""
    return list(values) if _NP is None else _NP.array(list(values), dtype=_NP.int64)


def copy_of(values: Array) -> Array:
    """An independent copy."""
    return values[:] if _NP is None else values.copy()


def seeded(seed: int) -> Array:
    """The state of the random generator: two words of 32 bits, spread from the seed.

    SplitMix64 (Steele, Lea and Flood 2014), so that seeds 1 and 2 have nothing in common.
    """
    wide = (1 << 64) - 1
    z = (seed + 0x9E3779B97F4A7C15) & wide
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & wide
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & wide
    z ^= z >> 31
    return array_of((z >> 32, (z & MASK) or 1))


@compiled
def below(r: Array, n: int) -> int:
    """A number from 0 to n - 1, 0 < n < 2**31: Marsaglia's xorshift on two words of 32 bits.

    G. Marsaglia, 'Xorshift RNGs', Journal of Statistical Software 8 (2003).
    """
    x, y = r[0], r[1]
    t = (x ^ (x << 10)) & MASK
    y2 = (y ^ (y >> 10)) ^ (t ^ (t >> 13))
    r[0], r[1] = y, y2
    return (y2 * n) >> 32
