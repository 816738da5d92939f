"""`thuisronde account`: the first administrator, new passwords, who can sign in."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import rich_click as click

from service.access.account_actions import (
    create_account,
    deactivate_account,
    set_password,
    set_roles,
)
from service.access.policy import HeldRole
from service.access.queries import account_lines, fold_login, team_id, worker_id
from service.access.states import Language, Role
from service.database.opening import opened_database
from service.errors import Invalid, NotFound, ThuisrondeError
from service.settings import current_settings

_LOGIN = click.option("--login", required=True, help="What the person types to sign in.")
_PASSWORD_FILE = click.option(
    "--password-file",
    metavar="FILE",
    help="Read the password from the first line of FILE; - is the standard input.",
)
_ROLES = click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="What the person does; can be given several times.",
)
_TEAM = click.option("--team", help="Code of the team, for workers and team leads.")


@click.group()
def account() -> None:
    """Make and change accounts.

    A password is asked for on the terminal without showing it, or read from a file or the
    standard input: never given as an option, where other users could see it.
    """


@account.command()
@_LOGIN
@_ROLES
@_TEAM
@click.option("--worker", help="Code of the worker whose own round the account shows.")
@click.option(
    "--language",
    default=Language.FRENCH.value,
    show_default=True,
    type=click.Choice([language.value for language in Language]),
    help="The language of the pages.",
)
@_PASSWORD_FILE
def create(
    *,
    login: str,
    roles: tuple[str, ...],
    team: str | None,
    worker: str | None,
    language: str,
    password_file: str | None,
) -> None:
    """Make an account.

    The first one: thuisronde account create --login me --role administrator
    """
    password = read_password(password_file)

    async def work() -> None:
        async with opened_database(current_settings()):
            of_worker = None if worker is None else await worker_id(worker)
            await create_account(
                None,
                login=login,
                password=password,
                roles=await _held(roles, team),
                language=Language(language),
                worker=of_worker,
            )

    _run(work)
    click.echo(f"Account {fold_login(login)} is made: {', '.join(roles)}.")


@account.command()
@_LOGIN
@_PASSWORD_FILE
def password(*, login: str, password_file: str | None) -> None:
    """Give an account a new password and sign it out everywhere."""
    new = read_password(password_file)

    async def work() -> None:
        async with opened_database(current_settings()):
            await set_password(None, login=login, password=new)

    _run(work)
    click.echo(f"Account {fold_login(login)} has a new password.")


@account.command("roles")
@_LOGIN
@_ROLES
@_TEAM
def change_roles(*, login: str, roles: tuple[str, ...], team: str | None) -> None:
    """Give an account these roles instead of those it has, at once."""

    async def work() -> None:
        async with opened_database(current_settings()):
            await set_roles(None, login=login, roles=await _held(roles, team))

    _run(work)
    click.echo(f"Account {fold_login(login)} is now: {', '.join(roles)}.")


@account.command()
@_LOGIN
def deactivate(*, login: str) -> None:
    """End an account, its sessions and its calendar feeds, at once."""

    async def work() -> None:
        async with opened_database(current_settings()):
            await deactivate_account(None, login=login)

    _run(work)
    click.echo(f"Account {fold_login(login)} is ended, with its sessions and its feeds.")


@account.command("list")
def list_accounts() -> None:
    """List the accounts: logins, roles, languages."""

    async def work() -> None:
        async with opened_database(current_settings()):
            lines = await account_lines()
        if not lines:
            click.echo("There is no account yet: make one with 'thuisronde account create'.")
        width = max((len(line.login) for line in lines), default=0)
        for line in lines:
            ended = "" if line.active else "  (ended)"
            click.echo(f"{line.login:<{width}}  {line.language}  {line.roles}{ended}")

    _run(work)


async def _held(roles: tuple[str, ...], team: str | None) -> list[HeldRole]:
    """The roles as held: those of a team in the team with this code."""
    of_team = None if team is None else await team_id(team)
    in_team = {Role.WORKER, Role.TEAM_LEAD}
    asked = [Role(role) for role in roles]
    if of_team is not None and not in_team & set(asked):
        raise NotFound("A team is for the roles worker and team_lead alone.")
    return [HeldRole(role, of_team if role in in_team else None) for role in asked]


def read_password(source: str | None) -> str:
    """Return the password from the file, the standard input, or a terminal (asked twice)."""
    standard_input = source == "-"
    if source is not None and not standard_input:
        try:
            text = Path(source).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ThuisrondeError(
                f"The file {source} cannot be read ({type(error).__name__})."
            ) from None
        return text.split("\n", 1)[0].rstrip("\r")
    if standard_input or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    entered: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return entered


def _run(work: Callable[[], Awaitable[None]]) -> None:
    """Run the database's part; a refused field ends in its sentence."""
    try:
        anyio.run(work)
    except Invalid as refusal:
        raise ThuisrondeError(" ".join(refusal.fields.values())) from None
