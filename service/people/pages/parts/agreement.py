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
from service.people.drafts import AgreementDraft, Code, Days, Minutes, PauseDraft, Workers
from service.people.facts import AgreementFacts
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
from service.web.fields import Field, FieldKind
from service.web.i18n import gettext as _


class AgreementForm(HoursForm, frozen=True, kw_only=True):
    """An agreement as typed."""

    starts_on: date
    preset: AgreementPreset = AgreementPreset.CUSTOM
    contacts: Annotated[int, Meta(ge=1, le=31)]
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


async def _fields(asked: Asked, _known: Known) -> tuple[Field, ...]:
    people = await worker_choices(asked.facts.teams, on=clock.today())
    return (
        Field(
            name="starts_on",
            label=_("From"),
            kind=FieldKind.DATE,
            hint=_("What holds now ends on this day and is kept."),
            required=True,
        ),
        Field(name="preset", kind=FieldKind.HIDDEN),
        Field(
            name="contacts",
            row="often",
            label=_("Contacts"),
            kind=FieldKind.NUMBER,
            required=True,
            least=1,
            most=31,
            heading=_("How often"),
        ),
        Field(
            name="period_days",
            row="often",
            label=_("In"),
            kind=FieldKind.NUMBER,
            unit=_("days"),
            required=True,
            least=1,
            most=366,
        ),
        Field(
            name="longest_gap_days",
            row="often",
            label=_("At most apart"),
            kind=FieldKind.NUMBER,
            unit=_("days"),
            required=True,
            least=1,
            most=366,
        ),
        Field(
            name="minutes",
            row="often",
            label=_("Each takes"),
            kind=FieldKind.NUMBER,
            unit=_("minutes"),
            required=True,
            least=5,
            most=600,
        ),
        Field(
            name="counts_phone",
            label=_("Phone and office count too"),
            kind=FieldKind.CHECK,
            hint=_("If the tenant chose so; they are shown apart."),
        ),
        *hours_fields(_("When")),
        Field(
            name="workers_needed",
            label=_("Workers"),
            kind=FieldKind.RADIO,
            options=[("1", _("one")), ("2", _("two"))],
            required=True,
            short=True,
            heading=_("With whom"),
        ),
        Field(
            name="disciplines",
            label=_("Only by"),
            kind=FieldKind.CHECKS,
            options=[(one.value, discipline(one)) for one in Discipline],
            short=True,
        ),
        Field(
            name="gender_wish",
            label=_("Rather with"),
            kind=FieldKind.SELECT,
            options=[("", _("anybody")), *((one.value, words.said(one)) for one in Gender)],
            required=True,
        ),
        Field(name="gender_wish_hard", label=_("Always, not only rather"), kind=FieldKind.CHECK),
        Field(name="wanted", label=_("Gladly"), kind=FieldKind.CHECKS, options=people, short=True),
        Field(
            name="unwanted",
            label=_("Rather not"),
            kind=FieldKind.CHECKS,
            options=people,
            hint=_("A wish. Who must never meet is an exclusion."),
            short=True,
        ),
        Field(
            name="distinct_workers",
            label=_("Different workers in two weeks"),
            kind=FieldKind.NUMBER,
            least=1,
            most=20,
        ),
        Field(
            name="most_workers",
            label=_("At most"),
            kind=FieldKind.NUMBER,
            hint=_("For somebody who cannot bear many faces."),
            least=1,
            most=20,
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


async def _pause_fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    return (
        Field(name="starts_on", label=_("From"), kind=FieldKind.DATE, required=True),
        Field(
            name="ends_on",
            label=_("Until"),
            kind=FieldKind.DATE,
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
