"""In which language a tenant is written to: the first of theirs that the service speaks."""

from collections.abc import Collection

from service.access.states import Language
from service.database.sql import fetch_all


async def languages_to_write_in(codes: Collection[str]) -> dict[str, Language]:
    """The language by tenant's code; French where the service speaks none of theirs."""
    rows = await fetch_all(
        "select code, languages from tenants where code = any($1::text[])", sorted(codes)
    )
    spoken = {language.value: language for language in Language}
    return {
        row["code"]: next(
            (spoken[one] for one in row["languages"] if one in spoken), Language.FRENCH
        )
        for row in rows
    }
