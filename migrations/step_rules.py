"""Rules of a draft's steps, and who is told when a roster or a session changes; 0009 makes them."""

from migrations.rules import Rule, check, known, unique

RULES: tuple[Rule, ...] = (
    known(
        "draft_steps",
        "kind",
        "pin",
        "unpin",
        "promise",
        "unpromise",
        "move",
        "take_off",
        "call_off",
        "add",
        "swap",
        "undo",
    ),
    check(
        "draft_steps",
        "draft_steps_before_and_after",
        "jsonb_array_length(before) = jsonb_array_length(after)",
    ),
    unique("draft_steps", "roster", "version"),
)


def _tells(table: str, channel: str, when: str, what: str) -> Rule:
    """Whoever listens on a channel is told of a row's change, at the commit that makes it."""
    name = f"{table}_tell"
    row = "old" if "delete" in when else "new"
    return Rule(
        name=name,
        make=f"""
            create function {name}() returns trigger language plpgsql as $$
            begin perform pg_notify('{channel}', {what.format(row=row)}); return null; end $$;
            create trigger {name} after {when} on {table} for each row execute function {name}()
        """,
        undo=f"drop trigger {name} on {table}; drop function {name}()",
    )


TELLING: tuple[Rule, ...] = (
    _tells(
        "rosters",
        "roster_changed",
        "insert or update of version",
        "{row}.id || ' ' || {row}.version",
    ),
    _tells("sessions", "session_ended", "delete", "{row}.id::text"),
)
"""They refuse nothing. Ids and version numbers go out, nothing else."""
