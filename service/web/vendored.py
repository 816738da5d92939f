"""What others made and we ship: `static/vendor/manifest.json`, and the command that renews it.

`python -m service.web.vendored` writes the hashes anew after files were added to a folder of
`static/vendor` that the manifest knows: package, version and licence are taken from there.
"""

import hashlib
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from service.web.static import static_folder

_OURS = frozenset({"LICENSE.txt", "manifest.json"})


class VendoredFile(msgspec.Struct, frozen=True):
    """One file of the manifest; paths are below `static/`."""

    path: str
    package: str
    version: str
    sha256: str
    licence: str
    licence_file: str
    homepage: str


@lru_cache(maxsize=1)
def vendored_files() -> tuple[VendoredFile, ...]:
    """Read the manifest."""
    return msgspec.json.decode(_manifest().read_bytes(), type=tuple[VendoredFile, ...])


def vendored_packages() -> tuple[VendoredFile, ...]:
    """Return the first file of each package: who made what we ship."""
    first: dict[str, VendoredFile] = {}
    for file in vendored_files():
        first.setdefault(file.package, file)
    return tuple(first[name] for name in sorted(first))


def files_there() -> Iterator[tuple[str, str]]:
    """Yield (path below `static/`, SHA-256) of every vendored file on disk, in order."""
    folder = static_folder()
    for path in sorted((folder / "vendor").rglob("*")):
        if path.is_file() and path.name not in _OURS:
            yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def renewed() -> list[VendoredFile]:
    """Return the manifest for the files on disk; raises `KeyError` for an unknown folder."""
    of_folder = {Path(file.path).parts[1]: file for file in vendored_files()}
    return [
        msgspec.structs.replace(of_folder[Path(path).parts[1]], path=path, sha256=sha256)
        for path, sha256 in files_there()
    ]


def _manifest() -> Path:
    return static_folder() / "vendor" / "manifest.json"


def main() -> int:
    """Write the manifest anew."""
    files = renewed()
    _manifest().write_bytes(msgspec.json.format(msgspec.json.encode(files), indent=1) + b"\n")
    sys.stdout.write(f"{len(files)} files in the manifest.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
