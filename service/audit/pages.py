"""Who read or changed what: for administrators, and itself written down."""

from datetime import date
from operator import itemgetter
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from service.access.policy import Viewer
from service.access.states import Role
from service.audit import detail_words, words
from service.audit.actions import Detail, record
from service.audit.queries import Asked, audit_choices, audit_trail, team_codes
from service.database.unit_of_work import unit_of_work
from service.web.forms import parse_form
from service.web.page import page
from service.web.routing import only

_Id = Annotated[int, Meta(ge=1, le=2_000_000_000)]


class TrailForm(msgspec.Struct, frozen=True):
    """What to look for; codes and ids only, so that it can stand in an address."""

    who: _Id | None = None
    action: Annotated[str, Meta(max_length=40)] = ""
    kind: Annotated[str, Meta(max_length=24)] = ""
    object: Annotated[str, Meta(max_length=40)] = ""
    first: date | None = None
    last: date | None = None
    before: _Id | None = None


@get("/audit", opt=only(Role.ADMINISTRATOR), name="audit")
async def trail(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[Any]:
    """Show a page of the trail; what cannot be read of the address is said beside its field."""
    sent = {name: [value] for name, value in request.query_params.items()}
    form = parse_form(sent, TrailForm)
    asked = form.data or TrailForm()
    async with unit_of_work() as uow:
        found = await audit_trail(
            viewer,
            Asked(
                account=asked.who,
                action=asked.action,
                kind=asked.kind,
                object_id=asked.object,
                first=asked.first,
                last=asked.last,
                before=asked.before,
            ),
        )
        detail: dict[str, Detail] = {
            name: str(value) for name, value in msgspec.structs.asdict(asked).items() if value
        }
        await record(uow, viewer, "read", "audit", "trail", detail)
    accounts, verbs, kinds = await audit_choices()
    kept = {name: text for name, text in form.values.items() if text and name != "before"}
    return page(
        request,
        "audit/audit.html",
        status=422 if form.errors else 200,
        form=form,
        trail=found,
        accounts=[(str(account), login) for account, login in accounts],
        verbs=sorted(((verb, words.action(verb)) for verb in verbs), key=itemgetter(1)),
        kinds=sorted(((kind, detail_words.kind(kind)) for kind in kinds), key=itemgetter(1)),
        teams=await team_codes(),
        more=urlencode({**kept, "before": found.more}) if found.more else "",
        first_page=urlencode(kept) if asked.before else None,
        words=words,
        details=detail_words,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (trail,)
