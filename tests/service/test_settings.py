"""Settings: defaults, secrets from files, and one sentence on every bad value."""

from pathlib import Path

import pytest

from service.data_folder import read_or_make_secret, secret_key
from service.errors import Misconfigured
from service.settings import SYSTEM_DATA_DIR, read_settings

URL = "postgresql://owner:hunter2@db.example.org:5433/thuisronde"


@pytest.fixture
def ordinary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be an ordinary user, as far as the default data folder goes."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)


def test_nothing_set_serves_at_home(ordinary: None) -> None:
    settings = read_settings({"HOME": "/home/somebody"})
    assert settings.data_dir == Path("/home/somebody/.local/share/thuisronde")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.base_url == "http://localhost:8000"
    assert settings.database_url is None
    assert settings.time_zone.key == "Europe/Brussels"


def test_the_data_folder_follows_the_user(ordinary: None, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home = {"HOME": "/home/somebody", "XDG_DATA_HOME": "/data/somebody"}
    assert read_settings(at_home).data_dir == Path("/data/somebody/thuisronde")
    named = at_home | {"THUISRONDE_DATA_DIR": "/srv/rounds"}
    assert read_settings(named).data_dir == Path("/srv/rounds")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert read_settings(at_home).data_dir == SYSTEM_DATA_DIR


def test_the_port_is_in_the_address(ordinary: None) -> None:
    settings = read_settings({"HOME": "/h", "THUISRONDE_PORT": "9001"})
    assert settings.base_url == "http://localhost:9001"
    public = {"HOME": "/h", "THUISRONDE_BASE_URL": "https://rounds.example.be/"}
    assert read_settings(public).base_url == "https://rounds.example.be"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("BASE_URL", "rounds.example.be"),
        ("BASE_URL", "ftp://rounds.example.be"),
        ("TIME_ZONE", "Europe/Atlantis"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("DATABASE_URL", "mysql://owner:hunter2@host/db"),
        ("DATABASE_URL", "postgresql://owner:hunter2@host"),
        ("DATABASE_URL", "postgresql://owner:hunter2@host:port/db"),
        ("DATABASE_URL", "owner:hunter2"),
        ("APP_DATABASE_URL", URL),
    ],
)
def test_a_bad_value_is_one_sentence_without_secrets(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=f"THUISRONDE_{name}") as caught:
        read_settings({"HOME": "/h", f"THUISRONDE_{name}": value})
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_can_hold_a_secret(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text(f"{URL}\n")
    settings = read_settings({"HOME": "/h", "THUISRONDE_DATABASE_URL_FILE": str(file)})
    assert settings.database_url == URL
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_a_missing_or_empty_file_is_loud(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "url"
    if content is not None:
        file.write_text(content)
    with pytest.raises(Misconfigured, match="THUISRONDE_DATABASE_URL_FILE"):
        read_settings({"HOME": "/h", "THUISRONDE_DATABASE_URL_FILE": str(file)})


def test_a_value_and_a_file_are_one_too_many() -> None:
    with pytest.raises(Misconfigured, match="Keep one"):
        read_settings({"THUISRONDE_DATABASE_URL": URL, "THUISRONDE_DATABASE_URL_FILE": "/x"})


def test_a_secret_is_made_once_and_closed(tmp_path: Path) -> None:
    first = secret_key(tmp_path / "data")
    assert len(first) == 32
    assert secret_key(tmp_path / "data") == first
    file = tmp_path / "data" / "secrets" / "secret-key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["secret-key"]
    assert read_or_make_secret(tmp_path / "data", "other") != first.hex()


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret_key(tmp_path / "data")
    (tmp_path / "data" / "secrets" / "secret-key").chmod(0o644)
    with pytest.raises(Misconfigured, match="chmod 600"):
        secret_key(tmp_path / "data")
