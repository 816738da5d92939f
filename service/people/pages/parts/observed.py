"""The forms of ETHOS observations and incomes."""

from service import clock
from service.access.policy import may_edit_person
from service.database.sql import fetch_one
from service.errors import NotFound
from service.people import edit_words
from service.people.actions import remove_observed, save_ethos, save_income
from service.people.drafts import EthosDraft, IncomeDraft
from service.people.pages.part import Asked, Known, NothingForm, Part, text
from service.people.states import EthosOccasion, IncomeKind
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf, options_of
from service.web.i18n import gettext as _


async def row_of(asked: Asked, table: Editable) -> Known:
    """What a row of this tenant's holds; raises `NotFound`."""
    row = await fetch_one(
        f"select * from {table} where id = $1 and tenant = $2",  # noqa: S608
        asked.row,
        asked.tenant.id,
    )
    if row is None:
        raise NotFound
    return Known(values={name: text(value) for name, value in row.items()})


_ETHOS_FORM = FieldsOf(EthosDraft)
_INCOME_FORM = FieldsOf(IncomeDraft)


async def _ethos_fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    return (
        _ETHOS_FORM.date("observed_on", _("Day")),
        _ETHOS_FORM.select(
            "category",
            _("Where the tenant lived"),
            [(str(n), edit_words.ethos(n)) for n in edit_words.ETHOS],
        ),
        _ETHOS_FORM.radio("occasion", _("Noted"), options_of(EthosOccasion, edit_words.occasion)),
    )


async def _ethos_known(asked: Asked) -> Known:
    if asked.row is not None:
        return await row_of(asked, Editable.ETHOS)
    return Known(values={"observed_on": clock.today().isoformat(), "occasion": "other"})


async def _save_ethos(asked: Asked, draft: EthosDraft) -> Edited:
    return await save_ethos(
        asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
    )


async def _income_fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    return (
        _INCOME_FORM.select("kind", _("Income"), options_of(IncomeKind, edit_words.income)),
        _INCOME_FORM.date("starts_on", _("From")),
        _INCOME_FORM.date("ends_on", _("Until"), hint=_("The first day without.")),
    )


async def _income_known(asked: Asked) -> Known:
    if asked.row is not None:
        return await row_of(asked, Editable.INCOMES)
    return Known(values={"starts_on": clock.today().isoformat()})


async def _save_income(asked: Asked, draft: IncomeDraft) -> Edited:
    return await save_income(
        asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
    )


async def _remove_ethos(asked: Asked, _form: NothingForm) -> Edited:
    return await _removed(asked, Editable.ETHOS)


async def _remove_income(asked: Asked, _form: NothingForm) -> Edited:
    return await _removed(asked, Editable.INCOMES)


async def _removed(asked: Asked, table: Editable) -> Edited:
    assert asked.row is not None, "only what is there is removed"
    return await remove_observed(
        asked.viewer, asked.tenant.code, table, asked.row, expected_version=asked.version
    )


ETHOS = Part(
    form=EthosDraft,
    title=lambda _asked: _("Where the tenant lives (ETHOS)"),
    sentence=lambda _asked: _("An observation of one day: at entry, at each loss, at exit."),
    may=may_edit_person,
    fields=_ethos_fields,
    known=_ethos_known,
    save=_save_ethos,
    rows=(Editable.ETHOS,),
    remove=_remove_ethos,
    remove_label=lambda: _("Noted by mistake: remove"),
    removed="removed",
)
INCOME = Part(
    form=IncomeDraft,
    title=lambda _asked: _("Income"),
    sentence=lambda _asked: _("Several at once are usual."),
    may=may_edit_person,
    fields=_income_fields,
    known=_income_known,
    save=_save_income,
    rows=(Editable.INCOMES,),
    remove=_remove_income,
    remove_label=lambda: _("Noted by mistake: remove"),
    removed="removed",
)
