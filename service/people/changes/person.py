"""A tenant's own data, and registering somebody new."""

from datetime import date

from service import clock
from service.access.policy import (
    Viewer,
    may_add_tenants,
    may_assign,
    may_edit_person,
    sees_support_reasons,
)
from service.audit.actions import record
from service.database.sql import fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Refused
from service.people.changes.edit import edited_tenant, refused_field
from service.people.drafts import PersonDraft
from service.people.names import name_key
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_

FUNDERS = ("cocom", "federal", "internee_path")
OLDEST = 120


async def change_person(
    viewer: Viewer, code: str, person: PersonDraft, *, expected_version: int | None = None
) -> Edited:
    """Change a tenant's own data; the funder too where one is given, by who sees support."""
    _check(person)
    async with edited_tenant(
        viewer,
        code,
        may=may_edit_person,
        action="change person",
        expected_version=expected_version,
    ) as edit:
        if person.funder is not None and not sees_support_reasons(viewer, edit.tenant.facts):
            raise Forbidden
        was = await fetch_one("select * from tenants where id = $1", edit.tenant.id)
        assert was is not None
        values = _values(person)
        if person.funder is None:
            del values["funder"]
        changed = {name: value for name, value in values.items() if was[name] != value}
        if changed:
            await edit.change(Editable.TENANTS, edit.tenant.id, **changed)
            edit.detail["fields"] = ", ".join(sorted(changed))
    return edit.edited


async def add_tenant(viewer: Viewer, person: PersonDraft, *, team: str, starts_on: date) -> str:
    """Register somebody with the team that takes them on; returns the new code.

    Raises `Forbidden`, or `Invalid` by field; the team is one the viewer may assign to.
    """
    if not may_add_tenants(viewer):
        raise Forbidden
    _check(person)
    if person.funder is None:
        raise Invalid({"funder": N_("Choose one of the options.")})
    try:
        async with unit_of_work() as uow:
            found = await fetch_value("select id from teams where code = $1 and active", team)
            if found is None:
                raise NotFound
            if not may_assign(viewer, found):
                raise Forbidden
            await uow.connection.execute("select pg_advisory_xact_lock(hashtext('tenants.code'))")
            code = await _next_code()
            values = {**_values(person), "code": code}
            names = ", ".join(values)
            marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
            made = await fetch_value(
                f"insert into tenants ({names}) values ({marks}) returning id",  # noqa: S608
                *values.values(),
            )
            await uow.connection.execute(
                "insert into assignments (tenant, team, starts_on) values ($1, $2, $3)",
                made,
                found,
                starts_on,
            )
            await record(uow, viewer, "create", "tenant", made, {"team": found})
    except Refused as refusal:
        raise refused_field(refusal) from None
    return code


def _check(person: PersonDraft) -> None:
    """Refuse what no rule of the database knows: an unlikely birth date, a day of the future."""
    today = clock.today()
    faults: dict[str, str] = {}
    if not today.year - OLDEST <= person.birth_date.year or person.birth_date > today:
        faults["birth_date"] = N_("Look at the year: this cannot be a birth date.")
    if (person.ended_on is None) != (person.end_reason is None):
        faults["end_reason"] = N_("An end needs a day and a reason.")
    if person.accepted_on is None and person.ended_on is not None:
        faults["accepted_on"] = N_("Who leaves was accepted before: give the day.")
    if person.accepted_on and person.ended_on and person.ended_on < person.accepted_on:
        faults["ended_on"] = N_("Not before support began.")
    if person.funder is not None and person.funder not in FUNDERS:
        faults["funder"] = N_("Choose one of the options.")
    if faults:
        raise Invalid(faults)


def _values(person: PersonDraft) -> dict[str, object]:
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "name_key": name_key(first=person.first_name, last=person.last_name),
        "birth_date": person.birth_date,
        "gender": person.gender.value,
        "languages": list(person.languages),
        "interpreter": person.interpreter,
        "phone": person.phone,
        "funder": person.funder,
        "referred_on": person.referred_on,
        "accepted_on": person.accepted_on,
        "ended_on": person.ended_on,
        "end_reason": person.end_reason.value if person.end_reason else None,
    }


async def _next_code() -> str:
    """The next code of the kind T-001, T001: as the others are written, one higher."""
    highest = await fetch_one(
        "select code, substring(code from '[0-9]+$') as digits from tenants"
        " where code ~ '^[A-Za-z]+-?[0-9]{1,6}$'"
        " order by substring(code from '[0-9]+$')::int desc limit 1"
    )
    if highest is None:
        return "T-001"
    digits = highest["digits"]
    letters = highest["code"][: -len(digits)]
    return f"{letters}{int(digits) + 1:0{len(digits)}d}"
