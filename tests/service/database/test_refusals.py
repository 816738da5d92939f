"""The database refuses what must not be: one broken row per rule, and each by its own name."""

import re
from collections.abc import Iterator

import psycopg
import pytest

from migrations import (
    door_rules,
    duty_rules,
    encounter_rules,
    first_rules,
    notice_rules,
    people_rules,
    proposal_rules,
    repair_rules,
    safety_rules,
    step_rules,
    token_rules,
)
from migrations.first_rules import indexes
from migrations.piccolo_app import table_classes
from tests.service.database.refusals import ACCEPTED, BREAKS, LONE_PAIRS
from tests.service.database.world import WORLD
from tests.support.database import Server

RULES = (
    *first_rules.RULES,
    *duty_rules.RULES,
    *encounter_rules.RULES,
    *repair_rules.RULES,
    *safety_rules.RULES,
    *token_rules.RULES,
    *people_rules.RULES,
    *proposal_rules.RULES,
    *step_rules.RULES,
    *notice_rules.RULES,
    door_rules.AFTER,
)
Connection = psycopg.Connection[tuple[object, ...]]

# A key that others refer to (its first column is the primary key), and the machinery of
# `published_visits_have_their_workers`, which LONE_PAIRS breaks in eight ways.
WITHOUT_A_BREAK = {
    "dwellings_id_shared",
    "published_visits_have_their_workers",
    "published_visits_workers_judged",
    "published_stops_workers_judged",
}
KNOWN = [
    (table._meta.tablename, column._meta.name, [str(word.value) for word in column._meta.choices])
    for table in table_classes()
    for column in table._meta.columns
    if column._meta.choices is not None
]
# What else to change so that an unknown word breaks no other rule.
NOT_BROKEN_BESIDE = {
    "stays_kind_known": ", tenancy = null",
    "visits_state_known": ", starts_at = null, ends_at = null",
    "duty_slots_state_known": ", worker = null",
    "lone_checks_end_kind_known": ", ended_at = now()",
    "contact_alerts_end_kind_known": ", closed_at = now()",
}


@pytest.fixture(scope="module")
def world(server: Server) -> Iterator[Connection]:
    """A connection as the application's role to a database with one row of every table."""
    with psycopg.connect(server.superuser_url()) as connection:
        connection.execute(WORLD.encode())
        connection.execute(
            "select setval(oid::regclass, 100) from pg_class where relkind = 'S'"
            " and relname not like 'procrastinate%'"
        )
    with psycopg.connect(server.addresses.app) as connection:
        yield connection
    server.clean()


@pytest.fixture
def connection(world: Connection) -> Iterator[Connection]:
    yield world
    world.rollback()


def refusal(connection: Connection, statements: str) -> str:
    """Run statements and judge them as a commit would; returns the rule that refused."""
    with pytest.raises(psycopg.errors.IntegrityError) as caught:
        connection.execute(f"{statements}; set constraints all immediate".encode())
    return str(caught.value.diag.constraint_name)


@pytest.mark.parametrize("rule", sorted(BREAKS))
def test_it_refuses(connection: Connection, rule: str) -> None:
    assert refusal(connection, BREAKS[rule]) == rule


@pytest.mark.parametrize("event", LONE_PAIRS)
def test_it_refuses_a_published_visit_without_its_workers(
    connection: Connection, event: str
) -> None:
    assert refusal(connection, LONE_PAIRS[event]) == "published_visits_have_their_workers"


@pytest.mark.parametrize("event", ACCEPTED)
def test_it_accepts(connection: Connection, event: str) -> None:
    connection.execute(ACCEPTED[event].encode())
    connection.execute("set constraints all immediate")


@pytest.mark.parametrize(("table", "column", "words"), KNOWN)
def test_it_knows_the_words_of_the_code_and_no_others(
    connection: Connection, table: str, column: str, words: list[str]
) -> None:
    rule = f"{table}_{column}_known"
    row = connection.execute(
        "select pg_get_constraintdef(oid) from pg_constraint where conname = %s", (rule,)
    ).fetchone()
    assert row is not None
    assert set(re.findall(r"'(\w+)'", str(row[0]))) == set(words)
    beside = NOT_BROKEN_BESIDE.get(rule, "")
    assert refusal(connection, f"update {table} set {column} = '?'{beside}") == rule


def test_it_breaks_every_rule() -> None:
    known = {f"{table}_{column}_known" for table, column, _ in KNOWN}
    reading = {rule.name for rule in (*indexes.RULES, *safety_rules.INDEXES)}
    rules = {rule.name for rule in RULES} - reading
    assert set(BREAKS) | known | WITHOUT_A_BREAK == rules


@pytest.mark.parametrize(
    "right",
    [
        "update audit_entries set action = 'x'",
        "delete from audit_entries",
        "truncate audit_entries",
        "update lone_check_steps set at = now()",
        "delete from lone_check_steps",
        "update contact_alert_steps set at = now()",
        "delete from contact_alert_steps",
        "delete from migration",
        "create table t ()",
        "drop table visits",
        "alter table visits add x int",
    ],
)
def test_the_application_may_not(connection: Connection, right: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(right.encode())
