"""The forms of an agreement, with presets and a preview of what it asks, and of its pauses."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from service import clock
from service.access.policy import may_edit_support
from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound
from service.people import words
from service.people.actions import agree, remove_pause, save_pause
from service.people.drafts import AgreementDraft, Code, Contacts, Days, Minutes, PauseDraft, Workers
from service.people.facts import AgreementFacts
from service.people.often import often_fields
from service.people.pages.hours import HoursForm, hours_fields, hours_values
from service.people.pages.part import Asked, Known, NothingForm, Part, text
from service.people.states import AgreementPreset
from service.people.tenant_queries import read_windows
from service.teams.choices import worker_choices
from service.teams.hours import Span
from service.teams.policy import Preset, default_presets
from service.teams.queries import team_by_id
from service.teams.states import Discipline, Gender
from service.teams.words import discipline
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf, options_of
from service.web.i18n import gettext as _


class AgreementForm(HoursForm, frozen=True, kw_only=True):
    """An agreement as typed."""

    starts_on: date
    preset: AgreementPreset = AgreementPreset.CUSTOM
    contacts: Contacts
    period_days: Days
    longest_gap_days: Days
    minutes: Minutes
    workers_needed: Workers = 1
    disciplines: tuple[Discipline, ...] = ()
    gender_wish: Gender | None = None
    gender_wish_hard: bool = False
    distinct_workers: Annotated[int, Meta(ge=1, le=20)] = 2
    most_workers: Annotated[int, Meta(ge=1, le=20)] | None = None
    counts_phone: bool = False
    wanted: tuple[Code, ...] = ()
    unwanted: tuple[Code, ...] = ()

    def draft(self) -> AgreementDraft:
        """What is agreed; raises `Invalid` beside hours that cannot be read."""
        names = set(AgreementDraft.__struct_fields__) - {"windows"}
        given = {name: getattr(self, name) for name in names}
        return AgreementDraft(windows=self.windows(), **given)

    def facts(self) -> AgreementFacts:
        """The same for the preview."""
        return AgreementFacts(
            id=0,
            preset=self.preset,
            span=Span(self.starts_on, None),
            contacts=self.contacts,
            period_days=self.period_days,
            longest_gap_days=self.longest_gap_days,
            minutes=self.minutes,
            workers_needed=self.workers_needed,
            disciplines=self.disciplines,
            windows=self.windows(),
            wanted=self.wanted,
            unwanted=self.unwanted,
        )


async def team_presets(asked: Asked) -> dict[AgreementPreset, Preset]:
    """The presets of the tenant's team, which may differ from the field's."""
    for one in sorted(asked.facts.teams):
        team = await team_by_id(one)
        if team is not None and team.policy.planned:
            return team.policy.presets
    return default_presets()


_FORM = FieldsOf(AgreementForm)


async def _fields(asked: Asked, _known: Known) -> tuple[Field, ...]:
    people = await worker_choices(asked.facts.teams, on=clock.today())
    return (
        _FORM.date("starts_on", _("From"), hint=_("What holds now ends on this day and is kept.")),
        _FORM.hidden("preset"),
        *often_fields(_FORM, heading=_("How often")),
        _FORM.check(
            "counts_phone",
            _("Phone and office count too"),
            hint=_("If the tenant chose so; they are shown apart."),
        ),
        *hours_fields(_("When")),
        _FORM.radio(
            "workers_needed",
            _("Workers"),
            [("1", _("one")), ("2", _("two"))],
            short=True,
            heading=_("With whom"),
        ),
        _FORM.checks("disciplines", _("Only by"), options_of(Discipline, discipline), short=True),
        _FORM.select(
            "gender_wish",
            _("Rather with"),
            [("", _("anybody")), *options_of(Gender, words.said)],
            required=True,
        ),
        _FORM.check("gender_wish_hard", _("Always, not only rather")),
        _FORM.checks("wanted", _("Gladly"), people, short=True),
        _FORM.checks(
            "unwanted",
            _("Rather not"),
            people,
            hint=_("A wish. Who must never meet is an exclusion."),
            short=True,
        ),
        _FORM.number("distinct_workers", _("Different workers in two weeks")),
        _FORM.number(
            "most_workers", _("At most"), hint=_("For somebody who cannot bear many faces.")
        ),
    )


async def _known(asked: Asked) -> Known:
    """What holds now, from today on; or a preset laid over it."""
    row = await fetch_one(
        "select * from agreements where tenant = $1 and coalesce(ends_on > $2, true)"
        " order by starts_on limit 1",
        asked.tenant.id,
        clock.today(),
    )
    values: dict[str, str] = {"workers_needed": "1", "distinct_workers": "2", "preset": "custom"}
    several: dict[str, tuple[str, ...]] = {}
    if row is not None:
        names = set(AgreementForm.__struct_fields__) & set(row)
        values |= {name: text(row[name]) for name in names}
        values |= hours_values(read_windows(row["windows"]))
        several["disciplines"] = tuple(row["disciplines"])
        several |= await _wishes(row["id"])
    values["starts_on"] = clock.today().isoformat()
    presets = await team_presets(asked)
    chosen = asked.choice or ("just_moved_in" if row is None else "")
    if chosen in presets:
        preset = presets[AgreementPreset(chosen)]
        values |= {
            "preset": chosen,
            "contacts": str(preset.contacts),
            "period_days": str(preset.period_days),
            "longest_gap_days": str(preset.longest_gap_days),
            "minutes": str(preset.minutes),
        }
    return Known(values=values, several=several)


async def _wishes(agreement: int) -> dict[str, tuple[str, ...]]:
    rows = await fetch_all(
        "select w.code, x.wish from worker_wishes x join workers w on w.id = x.worker"
        " where x.agreement = $1 order by w.code",
        agreement,
    )
    return {
        kind: tuple(row["code"] for row in rows if row["wish"] == kind)
        for kind in ("wanted", "unwanted")
    }


async def _save(asked: Asked, form: AgreementForm) -> Edited:
    draft = form.draft()
    preset = (await team_presets(asked)).get(draft.preset)
    if preset is not None and not _as_preset(draft, preset):
        draft = AgreementDraft(
            **{name: getattr(draft, name) for name in draft.__struct_fields__}
            | {"preset": AgreementPreset.CUSTOM}
        )
    return await agree(asked.viewer, asked.tenant.code, draft, expected_version=asked.version)


def _as_preset(draft: AgreementDraft, preset: Preset) -> bool:
    """Whether the numbers are still the preset's; else it is made to measure."""
    return (draft.contacts, draft.period_days, draft.longest_gap_days) == (
        preset.contacts,
        preset.period_days,
        preset.longest_gap_days,
    )


_PAUSE_FORM = FieldsOf(PauseDraft)


async def _pause_fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    return (
        _PAUSE_FORM.date("starts_on", _("From")),
        _PAUSE_FORM.date(
            "ends_on",
            _("Until"),
            hint=_("The first day with visits again; empty until further notice."),
        ),
    )


async def _pause_known(asked: Asked) -> Known:
    if asked.row is None:
        return Known(values={"starts_on": clock.today().isoformat()})
    row = await fetch_one(
        "select s.starts_on, s.ends_on from agreement_pauses s join agreements a"
        " on a.id = s.agreement where s.id = $1 and a.tenant = $2",
        asked.row,
        asked.tenant.id,
    )
    if row is None:
        raise NotFound
    return Known(values={name: text(value) for name, value in row.items()})


async def _save_pause(asked: Asked, draft: PauseDraft) -> Edited:
    return await save_pause(
        asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
    )


async def _remove_pause(asked: Asked, _form: NothingForm) -> Edited:
    assert asked.row is not None, "only what is there is removed"
    return await remove_pause(
        asked.viewer, asked.tenant.code, asked.row, expected_version=asked.version
    )


async def _judge(_asked: Asked, form: AgreementForm) -> None:
    form.draft()


AGREEMENT = Part(
    form=AgreementForm,
    title=lambda _asked: _("Agreement"),
    sentence=lambda _asked: _("What contact the tenant chose, from a day on."),
    may=may_edit_support,
    fields=_fields,
    known=_known,
    save=_save,
    judge=_judge,
    rows=(Editable.AGREEMENTS, Editable.PAUSES, Editable.WISHES),
    template="people/edit_agreement.html",
)
PAUSE = Part(
    form=PauseDraft,
    title=lambda _asked: _("Pause"),
    sentence=lambda _asked: _("The agreement asks for nothing on these days."),
    may=may_edit_support,
    fields=_pause_fields,
    known=_pause_known,
    save=_save_pause,
    rows=(Editable.AGREEMENTS, Editable.PAUSES),
    remove=_remove_pause,
    remove_label=lambda: _("Remove the pause"),
    removed="removed",
)
