"""Static files: vendored ones are what the manifest says, all are served under hashed names."""

import hashlib
import re
from pathlib import Path

import pytest
from litestar import Litestar

from service.web.icons import drawn_icon, icon
from service.web.static import FOREVER, build_hash, static_files, static_folder, static_url
from service.web.vendored import files_there, renewed, vendored_files, vendored_packages
from tests.support.web import browser

SERVICE = static_folder().parents[1]
E2E_VENDOR = Path(__file__).parents[2] / "e2e" / "vendor"


def test_every_vendored_file_is_the_one_of_the_manifest() -> None:
    listed = {file.path: file.sha256 for file in vendored_files()}
    assert listed == dict(files_there())
    assert len(listed) > 20
    assert list(vendored_files()) == renewed()


def test_every_vendored_package_ships_its_licence() -> None:
    packages = {file.package: file for file in vendored_packages()}
    assert {"htmx.org", "lucide-static"} <= set(packages)
    for file in packages.values():
        text = (static_folder() / file.licence_file).read_text(encoding="utf-8")
        assert "permission" in text.casefold() or "licen" in text.casefold()
        assert re.fullmatch(r"\d+\.\d+\.\d+", file.version)


def test_the_browser_tests_own_tool_is_the_one_of_its_manifest() -> None:
    manifest = (E2E_VENDOR / "manifest.json").read_text(encoding="utf-8")
    digest = hashlib.sha256((E2E_VENDOR / "axe.min.js").read_bytes()).hexdigest()
    assert f'"sha256": "{digest}"' in manifest
    assert (E2E_VENDOR / "LICENSE.txt").read_text(encoding="utf-8").startswith("Mozilla")


def _sources(*suffixes: str) -> dict[Path, str]:
    return {
        path: path.read_text(encoding="utf-8")
        for path in SERVICE.rglob("*")
        if path.suffix in suffixes and "vendor" not in path.parts
    }


def test_only_icons_that_are_used_are_shipped() -> None:
    text = "\n".join(_sources(".html", ".py", ".js").values())
    shipped = {Path(file.path).stem for file in vendored_files() if file.path.endswith(".svg")}
    assert {name for name in shipped if not re.search(rf"[\"']{name}[\"']", text)} == set()


def test_an_icon_is_decoration_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in icon("check")
    assert 'aria-label="&lt;b&gt;"' in icon("check", label="<b>")
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")
    drawn = drawn_icon("pin", x=4.5, y=2, size=14)
    assert 'x="4.5" y="2" width="14" height="14"' in drawn, "no style sheet sizes it in a drawing"


def test_nothing_of_ours_names_another_host() -> None:
    """No request leaves the house: links to licences aside, there is no address to go to."""
    found = [
        f"{path.name}: {address}"
        for path, text in _sources(".html", ".css", ".js", ".svg").items()
        for address in re.findall(r"(?:https?:)?//[\w.-]+\.\w{2,}[^\s\"']*", text)
        if not address.startswith("http://www.w3.org/")
    ]
    assert found == []


def test_templates_hold_no_style_and_no_handler_of_their_own() -> None:
    """The Content-Security-Policy would refuse them, in production and in silence."""
    forbidden = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:")
    found = [
        f"{path.name}: {match[0]}"
        for path, text in _sources(".html").items()
        for match in forbidden.finditer(text)
    ]
    assert found == []


async def test_a_file_is_served_for_ever_under_todays_hash_alone(app: Litestar) -> None:
    async with browser(app) as visitor:
        good = await visitor.get(static_url("css/tokens.css"))
        old = await visitor.get("/static/0123456789abcdef/css/tokens.css")
        none = await visitor.get(f"/static/{build_hash()}/css/none.css")
        outside = await visitor.get(f"/static/{build_hash()}/..%2f..%2fpage.py")
    assert (good.status_code, good.headers["cache-control"]) == (200, FOREVER)
    assert good.headers["content-type"] == "text/css; charset=utf-8"
    assert good.content == static_files()["css/tokens.css"].content
    assert old.headers["cache-control"] == "no-cache"
    assert (none.status_code, outside.status_code) == (404, 404)
    with pytest.raises(KeyError):
        static_url("css/none.css")
