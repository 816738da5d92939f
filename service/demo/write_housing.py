"""Writing the demonstration's landlords, dwellings, leases, tenancies and moves."""

from collections.abc import Mapping, Sequence

from service.demo.bulk import BulkWriter
from service.demo.model import Demo, DemoLease

Ids = Mapping[str, int]


async def write_housing(
    writer: BulkWriter, demo: Demo, *, tenants: Ids, places: Ids
) -> dict[str, int]:
    """Write all of housing; returns tenancies by key."""
    landlords = await writer.insert_keyed(
        "landlords", {row.key: {"name": row.name, "kind": row.kind} for row in demo.landlords}
    )
    dwellings = await writer.insert_keyed(
        "dwellings",
        {
            row.code: {
                "code": row.code,
                "place": places[row.place],
                "landlord": landlords[row.landlord],
                "floor": row.floor,
                "lift": row.lift,
                "shared": False,
                "version": 1,
            }
            for row in demo.dwellings
        },
    )
    heads = await _leases(
        writer, [row for row in demo.leases if row.head_lease is None], dwellings, {}
    )
    subs = await _leases(
        writer, [row for row in demo.leases if row.head_lease is not None], dwellings, heads
    )
    leases = heads | subs
    tenancies = await writer.insert_keyed(
        "tenancies",
        {
            row.key: {
                "tenant": tenants[row.tenant],
                "dwelling": dwellings[row.dwelling],
                "lease": leases[row.lease],
                "main": True,
                "shared": False,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "end_reason": row.end_reason,
                "version": 1,
            }
            for row in demo.tenancies
        },
    )
    await writer.insert(
        "moves",
        [
            {
                "tenant": tenants[row.tenant],
                "kind": row.kind,
                "state": row.state,
                "happens_on": row.happens_on,
                "from_tenancy": tenancies[row.from_tenancy] if row.from_tenancy else None,
                "to_tenancy": tenancies[row.to_tenancy] if row.to_tenancy else None,
                "version": 1,
            }
            for row in demo.moves
        ],
    )
    return tenancies


async def _leases(
    writer: BulkWriter, rows: Sequence[DemoLease], dwellings: Ids, heads: Ids
) -> dict[str, int]:
    return await writer.insert_keyed(
        "leases",
        {
            row.key: {
                "dwelling": dwellings[row.dwelling],
                "kind": row.kind,
                "level": row.level,
                "head_lease": heads[row.head_lease] if row.head_lease else None,
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "notice_on": row.notice_on,
                "rent_cents": row.rent_cents,
                "charges_cents": row.charges_cents,
            }
            for row in rows
        },
    )
