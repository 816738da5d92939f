"""Rules of plan runs, rosters, the draft's visits and what is published."""

from migrations.rules import Rule, check, deferred, in_order, known, no_overlap, unique

MONDAY = "extract(isodow from week) = 1"

RUNS = (
    known("plan_runs", "state", "queued", "running", "done", "failed", "cancelled"),
    known("plan_runs", "effort", "quick", "normal", "thorough"),
    check("plan_runs", "plan_runs_week_is_monday", MONDAY),
    check(
        "plan_runs",
        "plan_runs_done_with_plan",
        "state <> 'done' or num_nonnulls(plan, problem_hash, cost) = 3",
    ),
    unique("plan_runs", "team", "week", where="state in ('queued', 'running')"),
    known("rosters", "state", "draft", "published"),
    check("rosters", "rosters_week_is_monday", MONDAY),
    unique("rosters", "team", "week"),
    known("roster_changes", "kind", "new", "moved", "cancelled"),
)

DRAFT = (
    known(
        "visits",
        "kind",
        "home_visit",
        "accompaniment",
        "medication",
        "depot",
        "group",
    ),
    known("visits", "priority", "must", "should", "want"),
    known("visits", "state", "placed", "waiting", "cancelled"),
    check(
        "visits",
        "visits_placed_with_times",
        "num_nonnulls(starts_at, ends_at) = case when state = 'placed' then 2 else 0 end",
    ),
    in_order("visits", start="starts_at", end="ends_at"),
    check("visits", "visits_minutes_positive", "minutes > 0 and overdue_days >= 0"),
    check("visits", "visits_one_or_two_workers", "workers_needed in (1, 2)"),
    unique("visits", "roster", "need"),
    unique("visit_workers", "visit", "worker"),
    unique("visit_workers", "visit", "seat"),
    check("visit_workers", "visit_workers_seat", "seat in (0, 1)"),
)

PUBLISHED = (
    known("published_visits", "state", "confirmed", "cancelled"),
    in_order("published_visits", start="starts_at", end="ends_at"),
    check(
        "published_visits",
        "published_visits_cancelled_at",
        "(state = 'cancelled') = (cancelled_at is not null)",
    ),
    check("published_visits", "published_visits_one_or_two_workers", "workers_needed in (1, 2)"),
    known("published_stops", "state", "confirmed", "cancelled"),
    in_order("published_stops", start="starts_at", end="ends_at"),
    check(
        "published_stops",
        "published_stops_cancelled_at",
        "(state = 'cancelled') = (cancelled_at is not null)",
    ),
    check("published_stops", "published_stops_seat", "seat in (0, 1)"),
    unique("published_stops", "published_visit", "worker"),
    # At the commit, so that two stops can change places.
    deferred(
        no_overlap(
            "published_stops",
            "worker",
            period="tstzrange(starts_at, ends_at)",
            where="state = 'confirmed'",
        )
    ),
)

FUNCTION = """
create function published_visit_has_its_workers() returns trigger language plpgsql as $function$
declare
    found_visit published_visits;
    touched integer;
    confirmed integer;
    astray integer;
begin
    if tg_table_name = 'published_visits' then
        touched := new.id;
    else
        touched := coalesce(new.published_visit, old.published_visit);
    end if;
    select * into found_visit from published_visits where id = touched;
    if not found then
        return null;
    end if;
    select count(*), count(*) filter (
            where starts_at <> found_visit.starts_at or ends_at <> found_visit.ends_at
        )
        into confirmed, astray
        from published_stops
        where published_visit = touched and state = 'confirmed';
    if (found_visit.state = 'cancelled' and confirmed > 0)
        or (found_visit.state = 'confirmed'
            and (confirmed <> found_visit.workers_needed or astray > 0))
    then
        raise exception 'published visit % has % confirmed stops, % at other times',
            touched, confirmed, astray
            using errcode = 'check_violation',
                constraint = 'published_visits_have_their_workers',
                table = 'published_visits';
    end if;
    return null;
end
$function$
"""


def _judged(table: str, events: str) -> Rule:
    name = f"{table}_workers_judged"
    return Rule(
        name=name,
        make=f"create constraint trigger {name} after {events} on {table}"
        " deferrable initially deferred for each row"
        " execute function published_visit_has_its_workers()",
        undo=f"drop trigger {name} on {table}",
    )


PAIRS = (
    Rule(
        name="published_visits_have_their_workers",
        make=FUNCTION,
        undo="drop function published_visit_has_its_workers()",
    ),
    _judged("published_visits", "insert or update"),
    _judged("published_stops", "insert or update or delete"),
)

RULES = (*RUNS, *DRAFT, *PUBLISHED, *PAIRS)
