"""Addresses of a database: one URL per role, never shown with its password."""

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Addresses:
    """How the owner role (migrates) and the application's role (serves) reach the database."""

    owner: str = field(repr=False)
    app: str = field(repr=False)


def socket_url(folder: str, *, user: str, password: str, database: str) -> str:
    """Return the URL of a database behind a Unix socket in `folder`.

    The port is named: clients would take another from the environment.
    """
    login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    place = f"host={quote(folder, safe='/')}&port=5432"
    return f"postgresql://{login}@/{quote(database, safe='')}?{place}"


def with_login(url: str, *, user: str, password: str) -> str:
    """Return the same address for another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{host}"))


def without_password(url: str) -> str:
    """Return the same address without its password, for what others can see."""
    parts = urlsplit(url)
    login, at, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=login.partition(":")[0] + at + host))


def with_database(url: str, database: str) -> str:
    """Return the address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(database, safe="")))


def database_of(url: str) -> str:
    """Return the database's name."""
    return unquote(urlsplit(url).path.removeprefix("/"))


def user_of(url: str) -> str:
    """Return the role's name, empty where the URL has none."""
    return unquote(urlsplit(url).username or "")


def password_of(url: str) -> str:
    """Return the role's password, empty where the URL has none."""
    return unquote(urlsplit(url).password or "")
