"""Rules of landlords, dwellings, leases, tenancies and moves."""

from migrations.rules import Rule, check, in_order, known, no_overlap

LEASES = (
    known(
        "landlords",
        "kind",
        "private",
        "social_housing_company",
        "social_rental_agency",
        "welfare_centre",
        "municipality",
        "non_profit",
        "service",
    ),
    known(
        "leases",
        "kind",
        "main_residence",
        "short",
        "glissant",
        "shared",
        "social_housing",
        "social_rental_agency",
    ),
    known("leases", "level", "head", "sub"),
    check("leases", "leases_money_not_negative", "rent_cents >= 0 and charges_cents >= 0"),
    check(
        "leases",
        "leases_sub_lease_under_head_lease",
        "(level = 'sub') = (head_lease is not null) and head_lease <> id",
    ),
    in_order("leases"),
)

TENANCIES = (
    known("tenancies", "end_reason", "moved", "lost", "death"),
    in_order("tenancies"),
    check(
        "tenancies",
        "tenancies_end_reason_with_end",
        "(end_reason is null) = (ends_on is null)",
    ),
    no_overlap("tenancies", "tenant", name="tenancies_one_main_per_tenant", where="main"),
    # Two shared tenancies get ranges that do not meet; one that is not shared meets all.
    no_overlap(
        "tenancies",
        "dwelling",
        "(case when shared then int4range(id, id, '[]') else int4range(null, null) end) with &&",
        name="tenancies_one_main_per_dwelling",
        where="main",
    ),
    # `shared` is the dwelling's own, also when that changes.
    Rule(
        name="dwellings_id_shared",
        make="alter table dwellings add constraint dwellings_id_shared unique (id, shared)",
        undo="alter table dwellings drop constraint dwellings_id_shared",
    ),
    Rule(
        name="tenancies_shared_as_dwelling",
        make="alter table tenancies add constraint tenancies_shared_as_dwelling"
        " foreign key (dwelling, shared) references dwellings (id, shared) on update cascade",
        undo="alter table tenancies drop constraint tenancies_shared_as_dwelling",
    ),
)

MOVES = (
    known(
        "moves",
        "kind",
        "first_move_in",
        "home_to_home",
        "back_into_home",
        "to_street",
        "to_institution",
        "by_death",
    ),
    known("moves", "state", "planned", "done", "cancelled"),
    check(
        "moves",
        "moves_to_home_by_kind",
        "(kind in ('first_move_in', 'home_to_home', 'back_into_home')) = (to_tenancy is not null)",
    ),
    check(
        "moves",
        "moves_from_home_by_kind",
        "(kind in ('home_to_home', 'to_street', 'to_institution', 'by_death'))"
        " = (from_tenancy is not null)",
    ),
)

RULES = (*LEASES, *TENANCIES, *MOVES)
