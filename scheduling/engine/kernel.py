"""Compiled where there is a C compiler, plain Python where not: one source, the same numbers.

A kernel function takes and returns integers of 64 bits and flat arrays of them, and nothing else
(`scheduling.engine.translate` says what it may contain), and never overflows, so that both agree to
the bit. All kernel functions are compiled together, once, into a library that is kept under a name
made from their sources.
"""

import ast
import ctypes
import hashlib
import importlib
import importlib.util
import inspect
import os
import shutil
import subprocess
import sys
import tempfile
from array import array as flat
from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from scheduling.engine.translate import constants_of, signature_of, to_c
from scheduling.engine.translate_values import Signature, Source

F = TypeVar("F", bound=Callable[..., Any])
Array = Any
"""A flat array of integers: an `array` of 64 bits when compiled, else a list."""

MASK = 0xFFFFFFFF
MARK = "@compiled"
FLAGS = ("-O2", "-fwrapv", "-fPIC", "-fno-semantic-interposition", "-shared", "-w")
TIMEOUT_SECONDS = 300


def compiler() -> tuple[str, ...] | None:
    """How to call a C compiler: the one named, the machine's, or one that came as a package."""
    named = os.environ.get("THUISRONDE_CC")
    if named:
        return (named,)
    for name in ("cc", "gcc", "clang"):
        found = shutil.which(name)
        if found:
            return (found,)
    if importlib.util.find_spec("ziglang") is not None:
        return (sys.executable, "-m", "ziglang", "cc")
    return None


def _modules() -> list[str]:
    """Names of the modules with kernel functions."""
    return [
        f"{__package__}.{path.stem}"
        for path in sorted(Path(__file__).parent.glob("*.py"))
        if path.stem != "kernel" and f"\n{MARK}\n" in path.read_text("utf-8")
    ] + [__name__]


def _sources(modules: list[ModuleType]) -> list[Source]:
    """Every kernel function of these modules with what its names mean."""
    trees: dict[Callable[..., Any], tuple[Signature, ast.FunctionDef, ModuleType]] = {}
    for module in modules:
        short = module.__name__.rpartition(".")[2]
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, ast.Name) and one.id == "compiled" for one in node.decorator_list
            ):
                signature = signature_of(f"{short}__{node.name}", node)
                trees[getattr(module, node.name)] = (signature, node, module)

    def caller(module: ModuleType) -> Callable[[str], Signature | None]:
        def called(name: str) -> Signature | None:
            found = trees.get(getattr(module, name, None))  # type: ignore[arg-type]
            return found[0] if found else None

        return called

    return [
        Source(signature, node, str(module.__file__), caller(module), constants_of(vars(module)))
        for signature, node, module in trees.values()
    ]


def _folder() -> Path:
    """Where libraries are kept: a folder of our own that nobody else writes to."""
    named = os.environ.get("THUISRONDE_KERNEL_CACHE")
    folder = Path(named) if named else Path.home() / ".cache" / "thuisronde"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="thuisronde-kernel-"))


def build() -> Path | None:
    """Compile the kernel unless that is done; the library, None where there is no compiler."""
    command = compiler()
    if command is None:
        return None
    text = to_c(_sources([importlib.import_module(name) for name in _modules()]))
    name = hashlib.sha256("\0".join((text, *command, *FLAGS)).encode()).hexdigest()[:24]
    library = _folder() / f"kernel-{name}.so"
    if library.exists():
        return library
    with tempfile.TemporaryDirectory(dir=library.parent) as work:
        source, made = Path(work) / "kernel.c", Path(work) / "kernel.so"
        source.write_text(text, "utf-8")
        subprocess.run(  # noqa: S603 - the machine's own compiler, on our own text
            [*command, *FLAGS, "-o", str(made), str(source)],
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
        )
        made.replace(library)
    return library


COMPILED = os.environ.get("THUISRONDE_COMPILED") != "0" and compiler() is not None


@cache
def _library() -> ctypes.CDLL:
    path = build()
    assert path is not None, "COMPILED said that there is a compiler"
    return ctypes.CDLL(str(path))


def _bound(function: Callable[..., Any]) -> Callable[..., Any]:
    """The compiled form of a kernel function, as a Python function."""
    tree = ast.parse(inspect.getsource(function)).body[0]
    assert isinstance(tree, ast.FunctionDef)
    short = function.__module__.rpartition(".")[2]
    signature = signature_of(f"{short}__{function.__name__}", tree)
    raw = getattr(_library(), signature.name)
    kinds = [ctypes.c_void_p if is_array else ctypes.c_int64 for is_array in signature.arrays]
    raw.argtypes = kinds
    arrays = tuple(i for i, is_array in enumerate(signature.arrays) if is_array)
    if signature.returns > 1:
        wide = ctypes.c_int64 * signature.returns
        raw.restype = type("Wide", (ctypes.Structure,), {"_fields_": [("v", wide)]})
    else:
        raw.restype = ctypes.c_int64 if signature.returns else None

    def call(*arguments: Any) -> Any:
        given = list(arguments)
        for i in arrays:
            given[i] = given[i].buffer_info()[0]
        assert len({given[i] for i in arrays}) == len(arrays), "an array is given twice"
        found = raw(*given)
        return tuple(found.v) if signature.returns > 1 else found

    return call


def compiled(function: F) -> F:
    """The function, compiled with all others at the first call; itself where nothing compiles."""
    if not COMPILED:
        return function
    ready: list[Callable[..., Any]] = []

    @wraps(function)
    def call(*arguments: Any) -> Any:
        if not ready:
            ready.append(_bound(function))
        return ready[0](*arguments)

    return call  # type: ignore[return-value]


def array(n: int) -> Array:
    """`n` zeros."""
    return flat("q", bytes(8 * n)) if COMPILED else [0] * n


def array_of(values: Iterable[int]) -> Array:
    """These values."""
    return flat("q", values) if COMPILED else list(values)


def copy_of(values: Array) -> Array:
    """An independent copy."""
    return values[:]


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
