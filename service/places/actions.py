"""Writing places: the 19 municipalities."""

from service.database.unit_of_work import UnitOfWork
from service.places.municipalities import municipalities


async def ensure_municipalities(uow: UnitOfWork) -> None:
    """Put the 19 municipalities into the database, or their names right; changes nothing else."""
    await uow.connection.executemany(
        """
        insert into municipalities (refnis, name_fr, name_nl, main_postcode)
        values ($1, $2, $3, $4)
        on conflict (refnis) do update set
            name_fr = excluded.name_fr,
            name_nl = excluded.name_nl,
            main_postcode = excluded.main_postcode
        where (municipalities.name_fr, municipalities.name_nl, municipalities.main_postcode)
            is distinct from (excluded.name_fr, excluded.name_nl, excluded.main_postcode)
        """,
        [
            (facts.refnis, facts.name_fr, facts.name_nl, facts.main_postcode)
            for facts in municipalities().values()
        ],
    )
