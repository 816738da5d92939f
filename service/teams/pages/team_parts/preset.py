"""The form of an agreement preset: what it asks in this team until somebody changes it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from service.access.policy import may_edit_team
from service.errors import NotFound
from service.people import words
from service.people.drafts import Contacts, Days, Minutes
from service.people.often import often_fields
from service.people.states import AgreementPreset
from service.teams.actions import reset_preset, save_preset
from service.teams.pages.team_part import TeamAsked
from service.teams.policy import Preset
from service.undo.said import Edited
from service.undo.seen import values_seen
from service.web.fields import Field, FieldsOf
from service.web.i18n import gettext as _
from service.web.parts import Known, NothingForm, Part


class PresetForm(msgspec.Struct, frozen=True, kw_only=True):
    """A preset as typed."""

    contacts: Contacts
    period_days: Days
    longest_gap_days: Days
    minutes: Minutes
    must: Annotated[int, Meta(ge=0, le=31)]

    def preset(self) -> Preset:
        """What is stored."""
        return Preset(**{name: getattr(self, name) for name in Preset.__struct_fields__})


_FORM = FieldsOf(PresetForm)


async def _fields(_asked: TeamAsked, _known: Known) -> tuple[Field, ...]:
    return (
        *often_fields(_FORM),
        _FORM.number(
            "must",
            _("Must take place"),
            unit=_("visits of a week"),
            hint=_("They are placed before all others; of the rest the first should take place."),
        ),
    )


def preset_name(asked: TeamAsked) -> AgreementPreset:
    """Which preset the address names; raises `NotFound`."""
    if asked.row not in set(AgreementPreset) - {AgreementPreset.CUSTOM}:
        raise NotFound
    return AgreementPreset(asked.row)


async def _preset(asked: TeamAsked) -> Preset:
    found = (await asked.team()).policy.presets.get(preset_name(asked))
    if found is None:
        raise NotFound
    return found


async def _known(asked: TeamAsked) -> Known:
    given = msgspec.structs.asdict(await _preset(asked))
    return Known(values={name: str(value) for name, value in given.items()})


async def _seen(asked: TeamAsked) -> str:
    return values_seen(await _preset(asked))


async def _save(asked: TeamAsked, form: PresetForm) -> Edited:
    return await save_preset(
        asked.viewer,
        asked.code,
        preset_name(asked),
        form.preset(),
        expected_version=asked.version,
    )


async def _reset(asked: TeamAsked, _form: NothingForm) -> Edited:
    return await reset_preset(
        asked.viewer, asked.code, preset_name(asked), expected_version=asked.version
    )


PRESET = Part(
    form=PresetForm,
    title=lambda asked: _("Preset: %(name)s", name=words.said(preset_name(asked))),
    sentence=lambda _asked: _("What a new agreement of this kind asks until somebody changes it."),
    may=may_edit_team,
    fields=_fields,
    known=_known,
    save=_save,
    seen=_seen,
    remove=_reset,
    remove_label=lambda: _("Take the usual numbers again"),
    removed="saved",
    template="teams/edit_preset.html",
)
