"""The form of a team's base, from which its rounds begin and to which they lead back."""

from service.access.policy import may_edit_team
from service.database.sql import fetch_one
from service.errors import NotFound
from service.places.fields import address_fields
from service.teams.actions import save_base
from service.teams.pages.base_form import BaseForm
from service.teams.pages.team_part import TeamAsked
from service.undo.said import Edited
from service.undo.seen import values_seen
from service.web.fields import Field, FieldsOf
from service.web.i18n import gettext as _
from service.web.parts import Known, Part, text


async def _fields(_asked: TeamAsked, _known: Known) -> tuple[Field, ...]:
    return address_fields(FieldsOf(BaseForm))


async def _known(asked: TeamAsked) -> Known:
    if asked.row != "own":
        raise NotFound
    team = await asked.team()
    row = await fetch_one(
        "select p.street_fr as street, p.house_number, p.lat, p.lon from teams t"
        " join places p on p.id = t.base where t.id = $1",
        team.id,
    )
    if row is None:
        return Known()
    values = {"street": row["street"], "house_number": text(row["house_number"])}
    return Known(values=values | {"point": f"{row['lat']:.5f}, {row['lon']:.5f}"})


async def _seen(asked: TeamAsked) -> str:
    return values_seen(dict((await _known(asked)).values))


async def _save(asked: TeamAsked, form: BaseForm) -> Edited:
    known = (await _known(asked)).values
    if all(known.get(name, "") == getattr(form, name) for name in BaseForm.__struct_fields__):
        return Edited((await asked.team()).version)
    return await save_base(asked.viewer, asked.code, form.place(), expected_version=asked.version)


BASE = Part(
    form=BaseForm,
    title=lambda _asked: _("Base of the team"),
    sentence=lambda _asked: _("Rounds begin here and lead back here, from the next plan on."),
    may=may_edit_team,
    fields=_fields,
    known=_known,
    save=_save,
    seen=_seen,
)
