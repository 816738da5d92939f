"""The open data files shipped inside the package, read as text."""

import csv
from collections.abc import Iterator
from importlib.resources import files


def read_text(name: str) -> str:
    """Content of `service/places/data/<name>` (UTF-8)."""
    return (files("service.places") / "data" / name).read_text(encoding="utf-8")


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a shipped CSV file, keyed by its header line."""
    return csv.DictReader(read_text(name).splitlines())
