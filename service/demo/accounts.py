"""Logins for the demonstration: one person of each role, with passwords made by chance."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from service.access.account_actions import create_account, set_password
from service.access.policy import HeldRole
from service.access.queries import account_by_login, team_id, worker_id
from service.access.states import Language, Role
from service.data_folder import make_data_folder
from service.demo.staff import (
    ACT,
    ADMINISTRATOR,
    COORDINATORS,
    HOUSING_OFFICERS,
    ICM,
    TEAM_LEADS,
)

FILE = "demo-logins.json"
_WORDS = (
    "apple bicycle bridge candle canal castle cherry cloud coffee corner daisy dragon eagle"
    " feather fiddle forest garden ginger harbour hazel island kettle lantern lemon maple market"
    " meadow mirror morning mussel needle orange otter paper pebble pepper piano pigeon pillow"
    " poplar rabbit ribbon river rocket saddle salmon shadow silver sparrow spider station stone"
    " summer thistle thunder ticket tower tulip velvet village walnut willow window winter yellow"
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who can sign in: roles (in `team` where they need one) and the worker they are."""

    login: str
    roles: tuple[Role, ...]
    worker: str | None
    language: Language
    team: str | None = None


@dataclass(frozen=True, slots=True)
class DemoLogins:
    """The logins; passwords only of those made just now, the rest stands in `file`."""

    people: tuple[DemoPerson, ...]
    made: Mapping[str, str]
    file: Path

    def sentences(self) -> tuple[str, ...]:
        """Return what to print, a line each."""
        if not self.made:
            return (f"The logins were shown when they were made; they stand in {self.file}.",)
        width = max(len(person.login) for person in self.people)
        lines = [
            f"{person.login:<{width}}  {self.made[person.login]}  {_role_words(person)}"
            for person in self.people
            if person.login in self.made
        ]
        return (*lines, f"Passwords are shown this once; they stand in {self.file}.")


PEOPLE = (
    DemoPerson(
        "act-lead", (Role.TEAM_LEAD, Role.WORKER), TEAM_LEADS[ACT], Language.FRENCH, team=ACT
    ),
    DemoPerson("act-worker", (Role.WORKER,), "W04", Language.DUTCH, team=ACT),
    DemoPerson("act-nurse", (Role.WORKER,), "W02", Language.FRENCH, team=ACT),
    DemoPerson(
        "icm-lead", (Role.TEAM_LEAD, Role.WORKER), TEAM_LEADS[ICM], Language.FRENCH, team=ICM
    ),
    DemoPerson("icm-worker", (Role.WORKER,), "W13", Language.DUTCH, team=ICM),
    DemoPerson("icm-educator", (Role.WORKER,), "W14", Language.FRENCH, team=ICM),
    DemoPerson("housing", (Role.HOUSING_OFFICER,), HOUSING_OFFICERS[0], Language.FRENCH),
    DemoPerson("coordinator", (Role.COORDINATOR,), COORDINATORS[0], Language.FRENCH),
    DemoPerson("admin", (Role.ADMINISTRATOR,), ADMINISTRATOR, Language.ENGLISH),
)


async def ensure_demo_accounts(data_dir: Path) -> DemoLogins:
    """Make the accounts that are missing; those there keep their passwords.

    Opens its own units of work: the database must be open. An account whose password is not
    in the file (it was removed) gets a new one, so that the file and the database agree.
    """
    path = data_dir / FILE
    known = _read(path)
    made: dict[str, str] = {}
    for person in PEOPLE:
        account = await account_by_login(person.login)
        if account is not None and person.login in known:
            continue
        password = _new_password()
        if account is not None:
            await set_password(None, login=person.login, password=password)
        else:
            await _make(person, password)
        made[person.login] = password
        _write(path, known | made)
    return DemoLogins(people=PEOPLE, made=made, file=path)


async def _make(person: DemoPerson, password: str) -> None:
    team = None if person.team is None else await team_id(person.team)
    await create_account(
        None,
        login=person.login,
        password=password,
        roles=[HeldRole(role, team) for role in person.roles],
        language=person.language,
        worker=None if person.worker is None else await worker_id(person.worker),
    )


def _new_password() -> str:
    """Four words and two digits: 31 bits, for invented people on one's own machine."""
    words = "-".join(secrets.choice(_WORDS.split()) for _ in range(4))
    return f"{words}-{secrets.randbelow(90) + 10}"


def _role_words(person: DemoPerson) -> str:
    roles = " and ".join(role.value.replace("_", " ") for role in person.roles)
    return f"{roles} of {person.team}" if person.team else roles


def _read(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (FileNotFoundError, msgspec.DecodeError):
        return {}


def _write(path: Path, logins: Mapping[str, str]) -> None:
    """Replace the file in one go; nobody else can read it at any moment."""
    make_data_folder(path.parent)
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(dict(logins)), indent=1) + b"\n")
    draft.replace(path)
