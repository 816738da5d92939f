"""Every dependency has a licence that this project may be used and passed on with."""

import re
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPENDENCIES_PAGE = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")

ALLOWED = re.compile(
    r"\b(MIT|MIT-0|Apache|BSD|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Unlicense"
    r"|EUPL|0BSD|HPND|CNRI|PostgreSQL)\b",
    re.IGNORECASE,
)


def _licence(package: Distribution) -> str:
    meta = package.metadata
    classifiers = [c for c in meta.get_all("Classifier") or [] if c.startswith("License ::")]
    return " ".join([meta.get("License-Expression") or "", *classifiers, meta.get("License") or ""])


def _locked() -> set[str]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {line.split("==")[0].lower() for line in lock.splitlines() if "==" in line}


def test_every_locked_package_has_a_licence_we_accept() -> None:
    installed = {
        re.sub(r"[-_.]+", "-", d.metadata["Name"]).lower(): _licence(d) for d in distributions()
    }
    known = {name: installed[name] for name in _locked() if name in installed}
    assert len(known) > 50
    refused = {name: text for name, text in known.items() if not ALLOWED.search(text)}
    assert refused == {}


def test_every_direct_dependency_has_its_line_in_the_docs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[\[<>=~!; ]", line)[0].lower() for line in wanted}
    described = {
        cell.lower() for cell in re.findall(r"^\| `([^`]+)`", DEPENDENCIES_PAGE, re.MULTILINE)
    }
    assert names - described == set()
