"""What an installation can set, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.errors import Misconfigured
from service.outgoing import MailSettings, PushSettings, read_mail, read_push

PREFIX = "THUISRONDE_"
SYSTEM_DATA_DIR = Path("/var/lib/thuisronde")
BRUSSELS = ZoneInfo("Europe/Brussels")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    `database_url` is None for the embedded server. `app_database_url` names the restricted
    role of an external server; without it `migrate` makes one. URLs hold passwords and stay
    out of `repr`.
    """

    data_dir: Path
    database_url: str | None = field(default=None, repr=False)
    app_database_url: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://localhost:8000"
    time_zone: ZoneInfo = BRUSSELS
    mail: MailSettings | None = None
    push: PushSettings | None = None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings; raises `Misconfigured` with one sentence on the first bad value."""
    port = _port(environment)
    host = _read(environment, "HOST") or "127.0.0.1"
    database_url = _read(environment, "DATABASE_URL")
    app_database_url = _read(environment, "APP_DATABASE_URL")
    for name, url in (("DATABASE_URL", database_url), ("APP_DATABASE_URL", app_database_url)):
        if url is not None:
            _check_database_url(PREFIX + name, url)
    if app_database_url is not None and database_url is None:
        raise Misconfigured(
            f"{PREFIX}APP_DATABASE_URL is set but {PREFIX}DATABASE_URL is not.",
            advice="Set both, or neither to use the database that comes with the program.",
        )
    return Settings(
        data_dir=_data_dir(environment),
        database_url=database_url,
        app_database_url=app_database_url,
        host=host,
        port=port,
        base_url=_base_url(environment, port=port),
        time_zone=_time_zone(environment),
        mail=read_mail(partial(_read, environment)),
        push=read_push(partial(_read, environment)),
    )


@lru_cache(maxsize=1)
def current_settings() -> Settings:
    """Return this process's settings; `current_settings.cache_clear()` reads them anew."""
    return read_settings(os.environ)


def _read(environment: Mapping[str, str], name: str) -> str | None:
    """Return a value, or the stripped content of the file that `NAME_FILE` names."""
    file_name = environment.get(f"{PREFIX}{name}_FILE", "").strip()
    value = environment.get(f"{PREFIX}{name}", "").strip()
    if not file_name:
        return value or None
    if value:
        raise Misconfigured(
            f"Both {PREFIX}{name} and {PREFIX}{name}_FILE are set.", advice="Keep one of them."
        )
    try:
        content = Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"The file {file_name} named by {PREFIX}{name}_FILE cannot be read"
            f" ({type(error).__name__})."
        ) from None
    if not content:
        raise Misconfigured(f"The file {file_name} named by {PREFIX}{name}_FILE is empty.")
    return content


def _port(environment: Mapping[str, str]) -> int:
    value = _read(environment, "PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
        raise Misconfigured(f"{PREFIX}PORT is {value!r}, expected a number from 1 to 65535.")
    return int(value)


def _base_url(environment: Mapping[str, str], *, port: int) -> str:
    value = _read(environment, "BASE_URL")
    if value is None:
        return f"http://localhost:{port}"
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Misconfigured(
            f"{PREFIX}BASE_URL is {value!r}, expected an address such as https://rounds.example.be."
        )
    return value.rstrip("/")


def _time_zone(environment: Mapping[str, str]) -> ZoneInfo:
    value = _read(environment, "TIME_ZONE") or "Europe/Brussels"
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Misconfigured(
            f"{PREFIX}TIME_ZONE is {value!r}, expected a zone such as Europe/Brussels."
        ) from None


def _check_database_url(name: str, url: str) -> None:
    """Refuse what is not a PostgreSQL URL, without repeating it: it may hold a password."""
    sentence = f"{name} is not a PostgreSQL address, expected postgresql://owner@host/database."
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise Misconfigured(sentence) from None
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise Misconfigured(sentence)


def _data_dir(environment: Mapping[str, str]) -> Path:
    """Return the data folder: the one named, else the usual place of this kind of user."""
    value = _read(environment, "DATA_DIR")
    if value is not None:
        return Path(value).expanduser().absolute()
    if os.geteuid() == 0:
        return SYSTEM_DATA_DIR
    data_home = environment.get("XDG_DATA_HOME", "").strip()
    if data_home.startswith("/"):
        return Path(data_home) / "thuisronde"
    home = environment.get("HOME", "").strip()
    if not home.startswith("/"):
        raise Misconfigured(f"There is no home folder: set {PREFIX}DATA_DIR to a folder.")
    return Path(home) / ".local" / "share" / "thuisronde"
