"""Other planners in an environment of their own under `build/`, made when first asked for.

They are tools of the benchmark and no part of the product: not in its lock, not in its licences'
list. A peer that does not install is told in one line and leaves the others alone.
"""

import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.bench.results import ROOT

FOLDER = ROOT / "build" / "peers"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
PACKAGES = {"pyvrp": "pyvrp", "vroom": "pyvroom", "timefold": "timefold"}
"""Which package a peer needs; OR-Tools is the product's own."""


@cache
def peer_python(peer: str) -> str:
    """The interpreter that has the peer's package; RuntimeError says why there is none."""
    package = PACKAGES.get(peer)
    if package is None:
        return sys.executable
    python = FOLDER / "bin" / "python"
    if not python.exists():
        _call(sys.executable, "-m", "venv", str(FOLDER))
    wanted = REQUIREMENTS.read_text(encoding="utf-8").split()
    (exact,) = (line for line in wanted if line.startswith(f"{package}=="))
    _call(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", exact)
    return str(python)


def _call(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise RuntimeError(f"does not install: {last[:200]}")
