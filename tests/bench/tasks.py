"""What `make bench` and `make bench-full` measure: each task is one command with one JSON line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.outside import bench_folder

BUILD = Path("build/bench")
HHCRSP_SECONDS = 30
HHCRSP_QUICK = ("InstanzCPLEX_HCSRP_25_1", "HHCRSP_50_10_3_0.8_R_C", "InstanzVNS_HCSRP_100_3")
PEER_SECONDS = 30
PEER_WEEKS = (("S", 1), ("S", 2), ("S", 3), ("T", 1), ("T", 2), ("T", 3), ("L", 1))
PEERS = {
    "routing": ("tests.bench.peers.by_routing", ()),
    "routing-held": ("tests.bench.peers.by_routing", ("--pairs=held",)),
    "pyvrp": ("tests.bench.peers.by_pyvrp", ()),
    "vroom": ("tests.bench.peers.by_vroom", ()),
    "timefold": ("tests.bench.peers.by_timefold", ()),
}

ORDER_SOURCES = (
    "scheduling/engine/order*.py",
    "scheduling/engine/kernel.py",
    "scheduling/engine/translate*.py",
    "scheduling/problem.py",
    "scheduling/rules/**/*.py",
)
"""What plans a day on which visits push each other; the rest of the engine has no part in it."""
PEER_SOURCES = ("tests/bench/peers/*.py",)


@dataclass(frozen=True)
class Task:
    """One measurement: `name` is its key in the results, `values` say what was asked.

    `week`: size and seed of the week whose file `arguments` name, written before it runs.
    `sources`: patterns of the files beside its module that a result depends on.
    """

    name: str
    kind: str
    module: str
    arguments: tuple[str, ...]
    values: dict[str, int | str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    week: tuple[str, int] | None = None
    peer: str | None = None
    sources: tuple[str, ...] = ("scheduling/**/*.py",)


def quick() -> list[Task]:
    """Some minutes."""
    return [
        *weeks("XS", (1, 2, 3), (2,)),
        *weeks("S", (1, 2, 3), (5, 15)),
        *weeks("T", (1, 2, 3), (5, 15)),
        *weeks("L", (1,), (5,)),
        *weeks("M", (1,), (5,)),
        *uncompiled("S", 1, 5),
        *repairs("S", (1, 2)),
        *answers("S", (1,)),
        *teams(1, processes=1),
        *hhcrsp(HHCRSP_QUICK),
        *demonstration(15),
    ]


def full() -> list[Task]:
    """About an hour on one core, HHCRSP half of it; holds every quick task."""
    every = [
        *quick(),
        *weeks("XS", range(1, 7), (2,)),
        *weeks("S", range(1, 7), (5, 15, 30)),
        *weeks("T", range(1, 7), (5, 15, 30)),
        *weeks("L", (1, 2, 3), (5, 30)),
        *weeks("M", (1, 2), (5, 30)),
        *weeks("XL", (1,), (60,)),
        *uncompiled("T", 1, 5),
        *uncompiled("L", 1, 10),
        *repairs("S", (1, 2, 3)),
        *repairs("T", (1, 2, 3)),
        *answers("S", (1, 2, 3)),
        *answers("T", (1, 2, 3)),
        *teams(1, processes=2),
        *(task for size, seed in PEER_WEEKS for task in peers(size, seed)),
        *hhcrsp(),
    ]
    return list({task.name: task for task in every}.values())


def weeks(size: str, seeds: Iterable[int], limits: Iterable[int]) -> Iterator[Task]:
    """Synthetic weeks, each seed at each limit of seconds."""
    for seed in seeds:
        for seconds in limits:
            asked = ("--size", size, "--seed", str(seed), "--seconds", str(seconds))
            out = BUILD / "plans" / f"{size}-{seed}-{seconds}.json"
            values: dict[str, int | str] = {"size": size, "seed": seed, "limit": seconds}
            name = f"week {size}-{seed} {seconds} s"
            yield Task(name, "week", "tests.bench.weeks", (*asked, "--out", str(out)), values)


def uncompiled(size: str, seed: int, seconds: int) -> Iterator[Task]:
    """The same week without the compiler."""
    (task,) = weeks(size, (seed,), (seconds,))
    out = str(BUILD / "plans" / f"{size}-{seed}-{seconds}-plain.json")
    yield Task(
        f"{task.name} uncompiled",
        "uncompiled",
        task.module,
        (*task.arguments[:-1], out),
        task.values,
        environment={"THUISRONDE_COMPILED": "0"},
    )


def repairs(size: str, seeds: Iterable[int]) -> Iterator[Task]:
    """A worker ill from Wednesday on, each worker in turn."""
    return _of_week("repair", "tests.bench.repair", size, seeds, folder="repair")


def answers(size: str, seeds: Iterable[int]) -> Iterator[Task]:
    """Explanations, and prices of moves."""
    return _of_week("answers", "tests.bench.answers", size, seeds)


def teams(seed: int, *, processes: int) -> Iterator[Task]:
    """Ten teams in some processes."""
    asked = ("--seed", str(seed), "--processes", str(processes))
    folder = ("--folder", str(BUILD / "plans" / f"teams-{seed}-{processes}"))
    values: dict[str, int | str] = {"seed": seed, "processes": processes}
    name = f"teams {seed} {processes} processes"
    yield Task(name, "teams", "tests.bench.teams", (*asked, *folder), values)


def hhcrsp(names: Iterable[str] | None = None) -> Iterator[Task]:
    """The public one-day instances: those named, else all of 25 to 100 patients."""
    folder = bench_folder() / "hhcrsp" / "instances"
    files = {path.stem: path for path in sorted(folder.glob("*/*.json"))}
    for name in names or [name for name, path in files.items() if 25 <= patients(path) <= 100]:
        out = str(BUILD / "hhcrsp" / f"{name}.json")
        yield Task(
            f"hhcrsp {name}",
            "hhcrsp",
            "tests.bench.hhcrsp",
            (str(files[name]), "--seconds", str(HHCRSP_SECONDS), "--out", out),
            {"instance": name, "patients": patients(files[name]), "set": files[name].parent.name},
            sources=ORDER_SOURCES,
        )


def patients(path: Path) -> int:
    """How many patients an instance has, from its name."""
    words = path.stem.replace("-", "_").split("_")
    if path.parent.name == "Italian":
        return int(next(word[1:] for word in words if word[0] == "p" and word[1:].isdigit()))
    return int(next(word for word in words if word.isdigit()))


def demonstration(seconds: int) -> Iterator[Task]:
    """The demonstration's own teams."""
    name, module = f"demonstration {seconds} s", "tests.bench.demonstration"
    yield Task(name, "demonstration", module, ("--seconds", str(seconds)))


def peers(size: str, seed: int) -> Iterator[Task]:
    """Other planners on one week."""
    week = BUILD / "weeks" / f"{size}-{seed}.json"
    for peer, (module, more) in PEERS.items():
        out = BUILD / "plans" / f"{size}-{seed}-{peer}.json"
        asked = (str(week), "--seconds", str(PEER_SECONDS), "--out", str(out), *more)
        values: dict[str, int | str] = {"size": size, "seed": seed, "peer": peer}
        name = f"peer {peer} {size}-{seed}"
        yield Task(
            name, "peer", module, asked, values, week=(size, seed), peer=peer, sources=PEER_SOURCES
        )


def _of_week(
    kind: str, module: str, size: str, seeds: Iterable[int], *, folder: str = ""
) -> Iterator[Task]:
    for seed in seeds:
        asked: tuple[str, ...] = ("--size", size, "--seed", str(seed))
        if folder:
            asked = (*asked, "--folder", str(BUILD / folder / f"{size}-{seed}"))
        values: dict[str, int | str] = {"size": size, "seed": seed}
        yield Task(f"{kind} {size}-{seed}", kind, module, asked, values)
