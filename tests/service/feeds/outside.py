"""Readers of calendars that are not ours: each reads feeds as some client does.

A reader that is not installed skips its tests with a word; `THUISRONDE_REQUIRE_READERS=1`, as the
checks before landing set it, makes that a failure.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import vobject

Found = tuple[str, int, int, int, str, str, str]
"""uid, start and end in seconds since 1970, sequence, status, summary, location."""

READERS = Path(__file__).parent / "readers"
SYSTEM_PYTHON = "/usr/bin/python3"


def missing(what: str) -> None:
    """Skip the test, or fail where every reader must be there."""
    if os.environ.get("THUISRONDE_REQUIRE_READERS") == "1":
        pytest.fail(f"{what} is missing: .ci/run says which packages are needed")
    pytest.skip(f"{what} is not installed")


def ical_js(feeds: Sequence[str], *, zone: str = "UTC") -> list[list[Found]]:
    """What ical.js (Thunderbird) reads, on a machine in a time zone."""
    node = shutil.which("node")
    if node is None:
        missing("Node.js")
    return _read([str(node), str(READERS / "ical_js.mjs")], feeds, TZ=zone)


def libical(feeds: Sequence[str], *, zone: str = "UTC") -> list[list[Found]]:
    """What libical (GNOME, KDE, Evolution) reads."""
    probe = "import gi; gi.require_version('ICalGLib', '3.0'); from gi.repository import ICalGLib"
    if not _works([SYSTEM_PYTHON, "-c", probe]):
        missing("libical with its binding (gir1.2-ical-3.0, python3-gi)")
    return _read([SYSTEM_PYTHON, str(READERS / "libical.py")], feeds, TZ=zone)


def sabre(feeds: Sequence[str], *, zone: str = "UTC") -> list[list[Found]]:
    """What sabre/vobject (Nextcloud, ownCloud) reads."""
    php = shutil.which("php")
    if php is None or not _works([php, "-r", "require 'Sabre/VObject/autoload.php';"]):
        missing("sabre/vobject (php-cli, php-sabre-vobject)")
    return _read([str(php), "-d", f"date.timezone={zone}", str(READERS / "sabre.php")], feeds)


def vobject_reader(feeds: Sequence[str], *, zone: str = "UTC") -> list[list[Found]]:
    """What vobject (Radicale, vdirsyncer) reads; in this process, whose zone it does not ask."""
    del zone
    return [[_of_vobject(event) for event in vobject.readOne(feed).vevent_list] for feed in feeds]


@contextmanager
def radicale(folder: Path) -> Iterator[httpx.Client]:
    """A CalDAV server in a folder of its own; whoever asks is let in as 'test'."""
    if not _works([SYSTEM_PYTHON, "-c", "import radicale"]):
        missing("Radicale (python3-radicale)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "none",
        "storage-filesystem-folder": str(folder),
        "logging-level": "error",
    }
    command = [f"--{name}={value}" for name, value in arguments.items()]
    server = subprocess.Popen([SYSTEM_PYTHON, "-m", "radicale", "--config", "", *command])
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", auth=("test", ""), timeout=30) as it:
            _wait_for(it)
            yield it
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(client: httpx.Client) -> None:
    for _ in range(100):
        try:
            client.get("/")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("Radicale did not start")


def _of_vobject(event: vobject.base.Component) -> Found:
    return (
        event.uid.value,
        int(event.dtstart.value.timestamp()),
        int(event.dtend.value.timestamp()),
        int(event.sequence.value),
        event.status.value,
        event.summary.value,
        event.location.value if "location" in event.contents else "",
    )


def _works(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0


def _read(command: list[str], feeds: Sequence[str], **environment: str) -> list[list[Found]]:
    done = subprocess.run(
        command,
        input=json.dumps(list(feeds)),
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [[tuple(event) for event in events] for events in json.loads(done.stdout)]
