"""Small words for what the database refuses, each with the SQL that makes and undoes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by name: `make` puts it in place, `undo` takes it away."""

    name: str
    make: str
    undo: str


def check(table: str, name: str, condition: str) -> Rule:
    """Every row fulfils a condition (or it is unknown: null)."""
    return _constraint(table, name, f"check ({condition})")


def known(table: str, column: str, *values: str) -> Rule:
    """A column holds one of some words."""
    words = ", ".join(f"'{value}'" for value in values)
    return check(table, f"{table}_{column}_known", f"{column} in ({words})")


def all_known(table: str, column: str, *values: str) -> Rule:
    """An array holds nothing but some words."""
    words = ", ".join(f"'{value}'" for value in values)
    return check(table, f"{table}_{column}_known", f"{column} <@ array[{words}]::varchar[]")


def in_order(table: str, *, start: str = "starts_on", end: str = "ends_on") -> Rule:
    """What ends, ends after it began."""
    return check(table, f"{table}_end_after_start", f"{start} < {end}")


def no_overlap(table: str, *keys: str, name: str = "", period: str = "", where: str = "") -> Rule:
    """No two rows with the same keys at the same time; open-ended rows never end."""
    parts = [key if " with " in key else f"{key} with =" for key in keys]
    parts.append(f"{period or 'daterange(starts_on, ends_on)'} with &&")
    condition = f" where ({where})" if where else ""
    body = f"exclude using gist ({', '.join(parts)}){condition}"
    return _constraint(table, name or f"{table}_no_overlap", body)


def unique(table: str, *columns: str, where: str = "", nulls_equal: bool = False) -> Rule:
    """No two rows with the same values, among those that fulfil a condition."""
    name = f"{table}_once_per_{'_'.join(columns)}"
    ending = " nulls not distinct" if nulls_equal else ""
    ending += f" where {where}" if where else ""
    return Rule(
        name=name,
        make=f"create unique index {name} on {table} ({', '.join(columns)}){ending}",
        undo=f"drop index {name}",
    )


def index(table: str, *columns: str) -> Rule:
    """An index for reading; it refuses nothing."""
    name = f"{table}_by_{'_'.join(columns)}"
    return Rule(
        name=name,
        make=f"create index {name} on {table} ({', '.join(columns)})",
        undo=f"drop index {name}",
    )


def deferred(rule: Rule) -> Rule:
    """The same rule, judged at the commit."""
    return Rule(rule.name, f"{rule.make} deferrable initially deferred", rule.undo)


def _constraint(table: str, name: str, body: str) -> Rule:
    return Rule(
        name=name,
        make=f"alter table {table} add constraint {name} {body}",
        undo=f"alter table {table} drop constraint {name}",
    )
