"""Accounts, for administrators: who can sign in, as what; new passwords; ending an account."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from service.access.account_actions import (
    activate_account,
    create_account,
    deactivate_account,
    set_password,
    set_roles,
)
from service.access.admin_queries import (
    AccountShown,
    account_list,
    account_shown,
    workers_without_account,
)
from service.access.new_password import new_password
from service.access.policy import HeldRole, Viewer
from service.access.queries import team_id, worker_id
from service.access.states import Language, Role
from service.access.words import ROLE_NAMES
from service.audit import words as audit_words
from service.audit.actions import record_reading
from service.audit.queries import changes_since
from service.database.sql import fetch_all
from service.errors import Invalid, NotFound, Stale
from service.undo.said import after, said
from service.web.differences import Texts, differences
from service.web.fields import Field, FieldsOf, Option
from service.web.forms import Form, read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import LANGUAGE_NAMES, page, redirect
from service.web.parts import VersionForm
from service.web.routing import only

ADMINISTRATORS = only(Role.ADMINISTRATOR)
_IN_A_TEAM = (Role.WORKER, Role.TEAM_LEAD)
RoleText = Annotated[str, Meta(max_length=40, pattern=r"^[a-z_]+(:[A-Za-z0-9._-]+)?$")]


class SearchForm(msgspec.Struct, frozen=True):
    """Whom to list: a form, since a login may be a name."""

    q: Annotated[str, Meta(max_length=80)] = ""


class RolesForm(msgspec.Struct, frozen=True):
    """Roles as 'coordinator' or 'worker:ACT'."""

    roles: tuple[RoleText, ...] = ()


class NewAccountForm(RolesForm, frozen=True, kw_only=True):
    """Somebody who is to sign in; `worker` is a code."""

    login: Annotated[str, Meta(min_length=2, max_length=80)]
    worker: Annotated[str, Meta(max_length=16)] = ""
    language: Language = Language.FRENCH


_FORM = FieldsOf(NewAccountForm)


@get("/accounts", opt=ADMINISTRATORS, name="accounts")
async def accounts(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """List the accounts."""
    return await _list(request, viewer, "")


@post("/accounts", opt=ADMINISTRATORS, name="search_accounts", status_code=200)
async def search(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[Any]:
    """List those whose login holds what was typed."""
    form = await read_form(request, SearchForm)
    return await _list(request, viewer, form.data.q if form.data else "")


@get("/accounts/new", opt=ADMINISTRATORS, name="new_account")
async def new_account(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the form for a new account."""
    return await _new_page(request, Form(values={"language": "fr"}))


@post("/accounts/new", opt=ADMINISTRATORS, name="add_account", status_code=200)
async def add(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[Any]:
    """Make an account and show its password, this once."""
    form = await read_form(request, NewAccountForm)
    if form.data is None:
        return await _new_page(request, form, status=422)
    password = new_password()
    try:
        made = await create_account(
            viewer,
            login=form.data.login,
            password=password,
            roles=await _roles(form.data.roles),
            language=form.data.language,
            worker=await worker_id(form.data.worker) if form.data.worker else None,
        )
    except Invalid as invalid:
        return await _new_page(request, form.refused(_beside_roles(invalid)), status=422)
    except NotFound:
        missing = Invalid({"worker": N_("Choose one of the options.")})
        return await _new_page(request, form.refused(missing), status=422)
    return page(
        request,
        "access/password_once.html",
        account=await account_shown(viewer, made),
        password=password,
    )


@get("/accounts/{account:int}", opt=ADMINISTRATORS, name="account_admin")
async def show(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], account: FromPath[int]
) -> Response[Any]:
    """Show an account with its roles."""
    found = await account_shown(viewer, account)
    await record_reading(viewer, "account", account)
    return await _page(request, found, _known(found))


@post("/accounts/{account:int}/roles", opt=ADMINISTRATORS, name="account_roles")
async def change_roles(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], account: FromPath[int]
) -> Response[Any]:
    """Give an account these roles and no others."""
    found = await account_shown(viewer, account)
    seen = await read_form(request, VersionForm)
    form = await read_form(request, RolesForm)
    if form.data is None or seen.data is None:
        return await _page(request, found, form, status=422)
    try:
        await set_roles(
            viewer,
            login=found.login,
            roles=await _roles(form.data.roles),
            expected_version=seen.data.version,
        )
    except Invalid as invalid:
        return await _page(request, found, form.refused(_beside_roles(invalid)), status=422)
    except Stale:
        told = await _told(found, form, since=seen.data.version)
        return await _page(request, found, form, status=409, **told)
    return redirect(request, after(f"/accounts/{account}", said="saved"))


@post(
    "/accounts/{account:int}/password", opt=ADMINISTRATORS, name="reset_password", status_code=200
)
async def reset(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], account: FromPath[int]
) -> Response[Any]:
    """Give an account a new password, shown this once; its sessions end."""
    found = await account_shown(viewer, account)
    password = new_password()
    await set_password(viewer, login=found.login, password=password)
    return page(request, "access/password_once.html", account=found, password=password)


@post("/accounts/{account:int}/deactivate", opt=ADMINISTRATORS, name="deactivate_account")
async def deactivate(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], account: FromPath[int]
) -> Response[Any]:
    """End an account with its sessions and feeds."""
    found = await account_shown(viewer, account)
    try:
        await deactivate_account(viewer, login=found.login)
    except Invalid as invalid:
        return await _page(request, found, _known(found).refused(invalid), status=422)
    return redirect(request, after(f"/accounts/{account}", said="ended"))


@post("/accounts/{account:int}/activate", opt=ADMINISTRATORS, name="activate_account")
async def activate(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], account: FromPath[int]
) -> Response[Any]:
    """Let an ended account sign in again."""
    found = await account_shown(viewer, account)
    await activate_account(viewer, login=found.login)
    return redirect(request, after(f"/accounts/{account}", said="saved"))


async def _list(request: Request[Any, Any, Any], viewer: Viewer, asked: str) -> Response[str]:
    return page(
        request,
        "access/accounts.html",
        accounts=await account_list(viewer, search=asked),
        asked=asked,
        role_names=_role_names(),
    )


async def _told(found: AccountShown, form: Form[Any], *, since: int) -> dict[str, object]:
    """Who changed the account after a version, and which roles it holds now."""
    known = _known(found)
    return {
        "back": f"/accounts/{found.id}",
        "since": [
            (one.who, audit_words.action(one.action), one.at)
            for one in await changes_since("account", found.id, since)
        ],
        "differs": differences(
            [await _roles_field()],
            stands=Texts(known.values, known.several),
            typed=Texts(form.values, form.several),
            only=frozenset({"roles"}),
        ),
    }


async def _page(
    request: Request[Any, Any, Any],
    found: AccountShown,
    form: Form[Any],
    *,
    status: int = 200,
    **told: object,
) -> Response[str]:
    return page(
        request,
        "access/account_admin.html",
        status=status,
        account=found,
        form=form,
        stale=status == 409,
        fields=(await _roles_field(),),
        lapsed=[one for one in found.roles if not one.holds],
        role_names=_role_names(),
        said=said(request),
        **told,
    )


async def _new_page(
    request: Request[Any, Any, Any], form: Form[Any], *, status: int = 200
) -> Response[str]:
    nobody = ("", _("none: no round of their own"))
    fields = (
        _FORM.text(
            "login",
            _("Login"),
            hint=_("What the person types to sign in. Better no full name."),
        ),
        _FORM.select(
            "worker", _("Worker"), [nobody, *await workers_without_account()], required=True
        ),
        _FORM.radio(
            "language",
            _("Language"),
            [(one.value, name) for one, name in LANGUAGE_NAMES.items()],
            short=True,
        ),
        await _roles_field(),
    )
    return page(request, "access/new_account.html", status=status, form=form, fields=fields)


async def _roles_field() -> Field:
    rows = await fetch_all("select code, name from teams where active order by name, code")
    names = _role_names()
    options: list[Option] = [
        (f"{role.value}:{row['code']}", f"{names[role]}, {row['name']}")
        for row in rows
        for role in _IN_A_TEAM
    ]
    options += [(role.value, names[role]) for role in Role if role not in _IN_A_TEAM]
    return _FORM.checks(
        "roles",
        _("Roles"),
        options,
        hint=_("A role in a team ends by itself with the worker's time in that team."),
        required=True,
    )


def _known(found: AccountShown) -> Form[Any]:
    held = tuple(
        one.role.value if one.team_code is None else f"{one.role.value}:{one.team_code}"
        for one in found.roles
    )
    return Form(several={"roles": held})


async def _roles(texts: tuple[str, ...]) -> tuple[HeldRole, ...]:
    """The roles of a form; raises `Invalid` for one that there is not."""
    found = []
    for text in texts:
        word, _colon, team = text.partition(":")
        if word not in set(Role):
            raise Invalid({"roles": N_("Choose one of the options.")})
        try:
            found.append(HeldRole(role=Role(word), team=await team_id(team) if team else None))
        except NotFound:
            raise Invalid({"roles": N_("Choose one of the options.")}) from None
    return tuple(found)


def _beside_roles(invalid: Invalid) -> Invalid:
    """A complaint about a team stands beside the roles, where it is chosen."""
    fields = {("roles" if name == "team" else name): text for name, text in invalid.fields.items()}
    return Invalid(fields)


def _role_names() -> dict[Role, str]:
    return {role: _(name) for role, name in ROLE_NAMES.items()}


ROUTES: tuple[ControllerRouterHandler, ...] = (
    accounts,
    search,
    new_account,
    add,
    show,
    change_roles,
    reset,
    deactivate,
    activate,
)
