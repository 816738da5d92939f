"""Writing the demonstration's tenants: homes, stays, caseloads, agreements, the week."""

from collections.abc import Mapping
from datetime import timedelta

from service.demo.bulk import BulkWriter, windows_json
from service.demo.model import Demo, DemoAppointment
from service.demo.staff import ACT, ICM
from service.demo.write_housing import write_housing
from service.housing.states import TenancyEnd
from service.people.names import name_key
from service.people.states import AppointmentKind, EthosOccasion

Ids = Mapping[str, int]
_AT_ENTRY = (1, 1, 2, 1, 3, 6, 1, 2, 11, 3)
_AT_LOSS = (1, 3, 8, 2)
"""ETHOS categories, in turn."""


async def write_tenants(
    writer: BulkWriter, demo: Demo, *, places: Ids, teams: Ids, workers: Ids
) -> dict[str, int]:
    """Write tenants, their homes, stays, incomes and caseloads; returns tenants by code."""
    tenants = await writer.insert_keyed(
        "tenants",
        {
            row.code: {
                "code": row.code,
                "first_name": row.first_name,
                "last_name": row.last_name,
                "name_key": name_key(first=row.first_name, last=row.last_name),
                "birth_date": row.birth_date,
                "gender": row.gender,
                "languages": list(row.languages),
                "interpreter": row.interpreter,
                "phone": row.phone,
                "funder": row.funder,
                "referred_on": row.referred_on,
                "accepted_on": row.accepted_on,
                "ended_on": row.ended_on,
                "end_reason": row.end_reason,
                "version": 1,
            }
            for row in demo.tenants
        },
    )
    tenancies = await write_housing(writer, demo, tenants=tenants, places=places)
    await writer.insert(
        "stays",
        [
            {
                "tenant": tenants[row.tenant],
                "kind": row.kind,
                "tenancy": tenancies[row.tenancy] if row.tenancy else None,
                "place": places[row.place],
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "visiting_windows": windows_json(row.visiting_windows),
                "dogs": row.dogs,
                "permit_needed": row.permit_needed,
                "access_note": row.access_note,
                "version": 1,
            }
            for row in demo.stays
        ],
    )
    await writer.insert(
        "assignments",
        [
            {
                "tenant": tenants[row.tenant],
                "team": teams[row.team],
                "primary_worker": workers[row.primary_worker] if row.primary_worker else None,
                "backup_worker": workers[row.backup_worker] if row.backup_worker else None,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
            }
            for row in demo.assignments
        ],
    )
    await writer.insert(
        "incomes",
        [
            {
                "tenant": tenants[row.tenant],
                "kind": row.kind,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
            }
            for row in demo.incomes
        ],
    )
    await writer.insert("ethos_observations", _observations(demo, tenants))
    return tenants


def _observations(demo: Demo, tenants: Ids) -> list[dict[str, object]]:
    """Where each lived at entry, and at each loss of a home: mostly the street and shelters."""
    found: list[dict[str, object]] = []
    for number, row in enumerate(demo.tenants):
        found.append(
            {
                "tenant": tenants[row.code],
                "observed_on": row.accepted_on,
                "category": _AT_ENTRY[number % len(_AT_ENTRY)],
                "occasion": EthosOccasion.ENTRY,
            }
        )
    for home in demo.tenancies:
        if home.end_reason is TenancyEnd.LOST and home.ends_on is not None:
            found.append(
                {
                    "tenant": tenants[home.tenant],
                    "observed_on": home.ends_on,
                    "category": _AT_LOSS[len(found) % len(_AT_LOSS)],
                    "occasion": EthosOccasion.LOSS,
                }
            )
    return found


async def write_agreements(writer: BulkWriter, demo: Demo, *, tenants: Ids, workers: Ids) -> None:
    """Write agreements with their pauses and the workers wished for or not."""
    ids = await writer.insert(
        "agreements",
        [
            {
                "tenant": tenants[row.tenant],
                "preset": row.preset,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "contacts": row.contacts,
                "period_days": row.period_days,
                "longest_gap_days": row.longest_gap_days,
                "minutes": row.minutes,
                "workers_needed": row.workers_needed,
                "disciplines": list(row.disciplines),
                "windows": windows_json(row.windows),
                "gender_wish": row.gender_wish,
                "gender_wish_hard": row.gender_wish_hard,
                "distinct_workers": row.distinct_workers,
                "most_workers": row.most_workers,
                "counts_phone": row.counts_phone,
                "version": 1,
            }
            for row in demo.agreements
        ],
    )
    made = list(zip(ids, demo.agreements, strict=True))
    await writer.insert(
        "agreement_pauses",
        [
            {"agreement": agreement, "starts_on": first, "ends_on": end}
            for agreement, row in made
            for first, end in row.pauses
        ],
    )
    await writer.insert(
        "worker_wishes",
        [
            {"agreement": agreement, "worker": workers[code], "wish": wish}
            for agreement, row in made
            for code, wish in row.wishes
        ],
    )


async def write_week(
    writer: BulkWriter, demo: Demo, *, tenants: Ids, places: Ids, workers: Ids, teams: Ids
) -> None:
    """Write series, appointments, exclusions and safety flags."""
    await writer.insert(
        "series",
        [
            {
                "tenant": tenants[row.tenant],
                "kind": row.kind,
                "starts_on": row.starts_on,
                "ends_on": None,
                "weekdays": list(row.weekdays),
                "interval_days": row.interval_days,
                "tolerance_days": row.tolerance_days,
                "anchor_on": row.anchor_on,
                "minutes": row.minutes,
                "discipline": row.discipline,
                "workers_needed": 1,
                "from_minute": row.from_minute,
                "to_minute": row.to_minute,
            }
            for row in demo.series
        ],
    )
    appointments = await writer.insert(
        "appointments",
        [
            {
                "tenant": tenants[row.tenant],
                "kind": row.kind,
                "place": places[row.place],
                "pick_up": places[row.pick_up] if row.pick_up else None,
                "end_place": places[row.end_place] if row.end_place else None,
                "starts_at": row.starts_at,
                "minutes": row.minutes,
                "workers_needed": 1,
                "discipline": row.discipline,
                "state": "planned",
                "version": 1,
            }
            for row in demo.appointments
        ],
    )
    await _write_car(writer, demo, dict(zip(appointments, demo.appointments, strict=True)), teams)
    await writer.insert(
        "exclusions",
        [
            {
                "worker": workers[row.worker] if row.worker else None,
                "tenant": tenants[row.tenant] if row.tenant else None,
                "place": places[row.place] if row.place else None,
                "municipality": row.municipality,
                "starts_on": row.starts_on,
                "ends_on": None,
                "review_on": row.starts_on + timedelta(days=180),
                "reason": row.reason,
            }
            for row in demo.exclusions
        ],
    )
    await writer.insert(
        "safety_flags",
        [
            {
                "tenant": tenants[row.tenant],
                "raised_on": row.raised_on,
                "review_on": row.review_on,
                "reason": row.reason,
                "lifted_on": row.lifted_on,
                "lifted_by": workers[row.lifted_by] if row.lifted_by else None,
                "lift_reason": row.lift_reason,
            }
            for row in demo.flags
        ],
    )


async def _write_car(
    writer: BulkWriter, demo: Demo, appointments: Mapping[int, DemoAppointment], teams: Ids
) -> None:
    """Each visiting team has one car, which takes its tenants to hospitals."""
    since = min(worker.employed_from for worker in demo.workers)
    cars = await writer.insert_keyed(
        "resources",
        {
            team: {
                "team": teams[team],
                "code": "car",
                "kind": "car",
                "available": 1,
                "starts_on": since,
                "ends_on": None,
            }
            for team in (ACT, ICM)
        },
    )
    of_tenant = {row.tenant: row.team for row in demo.assignments if row.team in cars}
    await writer.insert(
        "appointment_resources",
        [
            {"appointment": made, "resource": cars[of_tenant[row.tenant]]}
            for made, row in appointments.items()
            if row.kind is AppointmentKind.HOSPITAL and row.tenant in of_tenant
        ],
    )
