"""Writing the demonstration: every row of it, in one unit of work."""

from datetime import datetime

from service.database.unit_of_work import UnitOfWork
from service.demo.bulk import BulkWriter
from service.demo.model import Demo
from service.demo.write_people import write_agreements, write_tenants, write_week
from service.demo.write_staff import write_staff
from service.places.actions import ensure_municipalities


async def write_demo(uow: UnitOfWork, demo: Demo, *, now: datetime) -> dict[str, int]:
    """Write all rows and return how many each table got.

    Raises:
        Refused: the database refuses a row; nothing of the unit of work stays.
    """
    await ensure_municipalities(uow)
    writer = BulkWriter(uow)
    places = await writer.insert_keyed(
        "places",
        {
            row.key: {
                "kind": row.kind,
                "name_fr": row.name_fr,
                "name_nl": row.name_nl,
                "street_fr": row.street_fr,
                "street_nl": row.street_nl,
                "house_number": row.house_number,
                "box": row.box,
                "postcode": row.postcode,
                "municipality": row.municipality,
                "lat": row.lat,
                "lon": row.lon,
                "opening_hours": row.opening_hours,
                "updated_at": now,
            }
            for row in demo.places
        },
    )
    teams, workers = await write_staff(writer, demo, places)
    tenants = await write_tenants(writer, demo, places=places, teams=teams, workers=workers)
    await write_agreements(writer, demo, tenants=tenants, workers=workers)
    await write_week(writer, demo, tenants=tenants, places=places, workers=workers, teams=teams)
    encounters = await writer.insert(
        "encounters",
        [
            {
                "tenant": tenants[row.tenant],
                "team": teams[row.team],
                "visit": None,
                "kind": row.kind,
                "outcome": row.outcome,
                "starts_at": row.starts_at,
                "minutes": row.minutes,
                "place_kind": row.place_kind,
                "reasons": list(row.reasons),
                "recorded_at": row.recorded_at,
                "recorded_by": None,
            }
            for row in demo.encounters
        ],
    )
    await writer.insert(
        "encounter_workers",
        [
            {"encounter": made, "worker": workers[code]}
            for made, row in zip(encounters, demo.encounters, strict=True)
            for code in row.workers
        ],
    )
    return writer.written
