"""Fixtures: data folders of the embedded server, made once and copied for each test."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from service.database.embedded import EmbeddedServer
from tests.support.database import TEST_SETTINGS

ROOT = Path(__file__).parents[2]
# Joins the server, says so, and stays until it is told to end.
HOLDER = """
import signal, sys
from pathlib import Path
from service.database.embedded import EmbeddedServer
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = EmbeddedServer(Path(sys.argv[1]))
server.join()
print("joined", flush=True)
try:
    signal.pause()
finally:
    server.leave()
"""


@pytest.fixture(scope="session")
def made_folder() -> Iterator[Path]:
    """The folder of a server that was made and stopped; nobody starts it."""
    parent = Path(tempfile.mkdtemp(prefix="thuisronde-made-", dir="/tmp"))
    parent.chmod(0o711)
    server = EmbeddedServer(parent / "data", extra_settings=TEST_SETTINGS)
    server.join()
    server.leave()
    yield parent / "data"
    shutil.rmtree(parent)


@pytest.fixture
def parent() -> Iterator[Path]:
    """A folder for data folders, outside private ones so that root's server can enter it."""
    folder = Path(tempfile.mkdtemp(prefix="thuisronde-test-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    for data_dir in (folder / "data", *folder.rglob("long")):
        with suppress(Exception):
            EmbeddedServer(data_dir).stop()
    shutil.rmtree(folder)


@pytest.fixture
def data_dir(parent: Path, made_folder: Path) -> Path:
    """A data folder with a stopped server, free to be maltreated."""
    subprocess.run(["cp", "-a", made_folder, parent / "data"], check=True)
    return parent / "data"


@pytest.fixture
def holder() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts other processes that use the server of a folder."""
    started: list[subprocess.Popen[str]] = []

    def start(data_dir: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(data_dir)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "joined\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
