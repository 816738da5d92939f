"""The way of every form that edits a part: shown, saved, taken away, and told who was faster."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from litestar import Request, Response

from service.errors import Invalid, NotFound, Stale
from service.undo.meanwhile import changes_told, overtaken
from service.undo.said import after
from service.undo.seen import rows_seen, texts_seen
from service.undo.states import Subject
from service.web.forms import Form, read_form
from service.web.i18n import N_
from service.web.page import page, redirect
from service.web.parts import Known, Part, VersionForm

ASK = N_("Ask your team lead whether it should be you.")
"""Whom to ask where somebody may see what they may not change."""

More = Callable[[Any, Form[Any]], Awaitable[Mapping[str, object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose data is edited: as it stands, its code, what it is called, the page it belongs to."""

    subject: Subject
    row: int
    version: int
    code: str
    whose: str
    back: str


async def _nothing_more(_asked: Any, _form: Form[Any]) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One part of one owner, opened: `asked` is the folder's own and has `row`, `version` and
    `choice`; `owner` reads how it stands; `more` is what the template shows beside the form."""

    part: Part
    asked: Any
    owner: Callable[[], Awaitable[Owner]]
    more: More = _nothing_more


async def show_part(
    request: Request[Any, Any, Any], desk: Desk, *, status: int = 200
) -> Response[Any]:
    """The form with what is known."""
    known = await desk.part.known(desk.asked)
    form: Form[Any] = Form(values=known.values, several=known.several)
    return await _page(request, desk, known, form, status=status)


async def save_part(request: Request[Any, Any, Any], desk: Desk) -> Response[Any]:
    """Save what was typed; else the form again, with what was typed and an error beside each
    field (422) or with who changed what, or took it away, meanwhile (409)."""
    desk, seen = await _seen(request, desk)
    form = await read_form(request, desk.part.form)
    try:
        return await _save(request, desk, form, seen)
    except NotFound:
        if not await _gone(desk, seen):
            raise
        return await _gone_page(request, desk, form, seen)


async def _save(
    request: Request[Any, Any, Any], desk: Desk, form: Form[Any], seen: VersionForm | None
) -> Response[Any]:
    known = await desk.part.known(desk.asked)
    if form.data is None or seen is None:
        return await _page(request, desk, known, form, seen=seen, status=422)
    if (await request.form()).get("step") == "preview":
        return await _preview(request, desk, known, form, seen)
    try:
        edited = await desk.part.save(desk.asked, form.data)
    except Invalid as invalid:
        refused = form.refused(invalid)
        return await _page(request, desk, known, refused, seen=seen, status=422)
    except Stale:
        return await _page(request, desk, known, form, seen=seen, status=409)
    said = "saved" if desk.asked.row is not None else "added"
    return redirect(request, after((await desk.owner()).back, said=said, edited=edited))


async def _preview(
    request: Request[Any, Any, Any], desk: Desk, known: Known, form: Form[Any], seen: VersionForm
) -> Response[Any]:
    """The form with what it would mean, or with what saving would refuse."""
    if desk.part.judge is not None:
        try:
            await desk.part.judge(desk.asked, form.data)
        except Invalid as invalid:
            refused = form.refused(invalid)
            return await _page(request, desk, known, refused, seen=seen, status=422)
    return await _page(request, desk, known, form, seen=seen)


async def remove_part(request: Request[Any, Any, Any], desk: Desk) -> Response[Any]:
    """End or take away a row; what was done can be undone from the page it leads to."""
    if desk.part.remove is None or desk.asked.row is None:
        raise NotFound
    desk, seen = await _seen(request, desk)
    try:
        return await _remove(request, desk, seen)
    except NotFound:
        if not await _gone(desk, seen):
            raise
        return await _gone_page(request, desk, None, seen)


async def _remove(
    request: Request[Any, Any, Any], desk: Desk, seen: VersionForm | None
) -> Response[Any]:
    known = await desk.part.known(desk.asked)
    sent = await read_form(request, desk.part.remove_form)
    shown: Form[Any] = Form(
        values={**known.values, **sent.values}, several=known.several, errors=sent.errors
    )
    if sent.data is None or seen is None:
        return await _page(request, desk, known, shown, seen=seen, status=422)
    try:
        assert desk.part.remove is not None
        edited = await desk.part.remove(desk.asked, sent.data)
    except Invalid as invalid:
        refused = shown.refused(invalid)
        return await _page(request, desk, known, refused, seen=seen, status=422)
    except Stale:
        return await _page(request, desk, known, shown, seen=seen, status=409)
    return redirect(
        request, after((await desk.owner()).back, said=desk.part.removed, edited=edited)
    )


async def _seen(request: Request[Any, Any, Any], desk: Desk) -> tuple[Desk, VersionForm | None]:
    """The desk with the version to be expected, and what the form says was seen.

    Where another part was changed meanwhile, it is the version that stands: it is read before the
    rows are compared, so that a change in between is refused when the row is locked.
    """
    seen = (await read_form(request, VersionForm)).data
    choice = seen.choice if seen else ""
    if seen is None:
        return replace(desk, asked=replace(desk.asked, choice=choice)), None
    version = seen.version
    owner = await desk.owner()
    if seen.seen and owner.version != version and seen.seen == await _rows(desk, owner):
        version = owner.version
    return replace(desk, asked=replace(desk.asked, choice=choice, version=version)), seen


async def _gone(desk: Desk, seen: VersionForm | None) -> bool:
    """Whether the row was there when the form was opened, and is no more.

    Taking a row away counts as a change of its owner: without one it was never there.
    """
    if desk.asked.row is None or seen is None or (await desk.owner()).version == seen.version:
        return False
    try:
        await desk.part.known(desk.asked)
    except NotFound:
        return True
    return False


async def _rows(desk: Desk, owner: Owner) -> str:
    if desk.part.seen is not None:
        return await desk.part.seen(desk.asked)
    if not desk.part.rows:
        return ""
    return await rows_seen(owner.subject, owner.row, desk.part.rows)


async def _page(
    request: Request[Any, Any, Any],
    desk: Desk,
    known: Known,
    form: Form[Any],
    *,
    seen: VersionForm | None = None,
    status: int = 200,
) -> Response[str]:
    """The form; after `Stale` it carries what stands now, so that saving again saves."""
    part, asked, stale = desk.part, desk.asked, status == 409
    owner = await desk.owner()
    fields = await part.fields(asked, known)
    keeps = None if stale else seen
    found: Mapping[str, object] = {"since": (), "differs": ()}
    if stale and seen is not None:
        known = await part.known(asked)
        found = await overtaken(owner.subject, owner.row, seen, fields, stands=known, typed=form)
    return page(
        request,
        part.template,
        status=status,
        title=part.title(asked),
        sentence=part.sentence(asked),
        code=owner.code,
        whose=owner.whose,
        back=owner.back,
        goes_to=_address(request),
        choice=asked.choice,
        stale=stale,
        gone=False,
        version=owner.version if keeps is None else keeps.version,
        seen=await _rows(desk, owner) if keeps is None else keeps.seen,
        known=texts_seen(known.values, known.several) if keeps is None else keeps.known,
        fields=fields,
        form=form,
        removes=part.remove is not None and asked.row is not None,
        remove_label=part.remove_label(),
        **found,
        **await desk.more(asked, form),
    )


async def _gone_page(
    request: Request[Any, Any, Any], desk: Desk, typed: Form[Any] | None, seen: VersionForm | None
) -> Response[str]:
    """Who took the row away, and what was typed in the form of a new one; saving that enters it.

    Nothing typed is left of a row that was to be taken away: no form.
    """
    form: Form[Any] = typed or Form()
    part, owner = desk.part, await desk.owner()
    # A new stay is asked for by its kind.
    choice = desk.asked.choice or form.values.get("kind", "")
    anew = replace(desk, asked=replace(desk.asked, row=None, choice=choice))
    known = Known() if typed is None else await part.known(anew.asked)
    return page(
        request,
        part.template if typed else "web/edit.html",
        status=409,
        title=part.title(desk.asked),
        sentence="",
        code=owner.code,
        whose=owner.whose,
        back=owner.back,
        goes_to=f"{_address(request).rpartition('/')[0]}/new",
        choice=choice,
        stale=False,
        gone=True,
        since=await changes_told(owner.subject, owner.row, seen.version) if seen else (),
        version=owner.version,
        seen=await _rows(anew, owner),
        known=texts_seen(known.values, known.several),
        fields=() if typed is None else await part.fields(anew.asked, known),
        form=form,
        removes=False,
        **await anew.more(anew.asked, form),
    )


def _address(request: Request[Any, Any, Any]) -> str:
    """Where the form of this page is sent to be saved."""
    return str(request.url.path).removesuffix("/remove")
