"""What belongs to no area: whose token it is, and the document that describes all the rest."""

from typing import Any

from litestar import Request, Response, get

from service.access.queries import account_by_id, team_codes, worker_code
from service.access.scopes import in_order
from service.api.authentication import current_grant
from service.api.routing import with_any_token
from service.api.schemas import HeldRole, Me
from service.errors import NotFound


@get("/me", opt=with_any_token(), name="api_me")
async def me(request: Request[Any, Any, Any]) -> Response[Me]:
    """Say whose token this is, what it may do and until when."""
    grant = current_grant(request)
    account = await account_by_id(grant.viewer.account)
    if account is None:
        raise NotFound
    codes = await team_codes(grant.viewer.teams())
    held = sorted((one.role.value, codes.get(one.team or 0)) for one in grant.viewer.roles)
    return Response(
        Me(
            login=account.login,
            worker=await worker_code(account.worker) if account.worker else None,
            roles=tuple(HeldRole(role=role, team=team) for role, team in held),  # type: ignore[arg-type]
            scopes=in_order(grant.scopes),
            expires_at=grant.expires_at,
        )
    )


ROUTES = (me,)
