"""Every verb that the code records has its words, and none has words in vain."""

import ast
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from msgspec.structs import fields

import service
from service.access.states import Language
from service.audit.detail_words import KINDS, NAMES, WORDS, value
from service.audit.pages import TrailForm
from service.audit.words import ACTIONS, action
from service.demo.queries import FILLED
from service.encounters.states import MarkKind
from service.morning.states import DayWishKind
from service.people.drafts import PersonDraft
from service.rounds.states import RunKind
from service.safety.states import AlertStep
from service.teams.drafts import WorkerDraft
from service.undo.states import Subject
from service.web.i18n import speaking

CODE = Path(service.__file__).parent


def _values(kinds: Iterable[StrEnum], before: str = "") -> frozenset[str]:
    return frozenset(before + kind.value for kind in kinds)


COMPUTED = {
    ("encounters/actions.py", "kind.value"): _values(MarkKind),
    ("encounters/actions.py", "f'not {kind.value}'"): _values(MarkKind, "not "),
    ("encounters/correcting.py", "verb"): frozenset({"complete", "correct"}),
    ("morning/actions.py", "f'ask {kind.value}'"): _values(DayWishKind, "ask "),
    ("rounds/actions.py", "kind.value"): _values(RunKind),
    ("safety/alerting.py", "kind.value"): _values(
        set(AlertStep) - {AlertStep.OPENED, AlertStep.CLOSED}
    ),
    ("demo/actions.py", "FILLED"): frozenset({FILLED}),
    # what `edited_tenant` and `edited_worker` were given as `action=`, read from their callers
    ("people/changes/edit.py", "action"): frozenset(),
    ("teams/changes/edit.py", "action"): frozenset(),
    ("teams/changes/team.py", "action"): frozenset(),
    ("audit/pages.py", "asked.action"): frozenset(),  # a filter, not a recording
    ("audit/queries.py", "row['action']"): frozenset(),
}
"""Verbs that are not written out where they are recorded: by file and expression."""


def _given(call: ast.Call) -> Iterator[ast.expr]:
    """The verb of a call: the third argument of `record`, or one named `action`."""
    if isinstance(call.func, ast.Name) and call.func.id == "record":
        yield call.args[2]
    yield from (word.value for word in call.keywords if word.arg == "action")


def recorded() -> set[str]:
    """Every verb that can get into the trail; fails where one cannot be told."""
    found, computed = {"read"}, set()  # `record_reading` has it in its SQL
    for path in sorted(CODE.rglob("*.py")):
        name = path.relative_to(CODE).as_posix()
        calls = (one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call))
        for verb in (verb for call in calls for verb in _given(call)):
            if isinstance(verb, ast.Constant):
                found.add(str(verb.value))
            else:
                computed.add((name, ast.unparse(verb)))
    assert computed == set(COMPUTED)
    return found.union(*COMPUTED.values())


def test_every_verb_has_words_and_no_words_are_left_over() -> None:
    assert set(ACTIONS) == recorded()


def test_a_verb_of_an_older_version_is_still_shown() -> None:
    assert action("fold_away") == "fold away"


def _details(call: ast.Call) -> Iterator[str]:
    """The names of the details that a call of `record` gives as a dictionary."""
    for given in (*call.args[5:], *(word.value for word in call.keywords)):
        if isinstance(given, ast.Dict):
            yield from (str(key.value) for key in given.keys if isinstance(key, ast.Constant))


def _assigned(tree: ast.Module) -> Iterator[str]:
    """The names in `detail = {...}` and `edit.detail[...] = ...`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if isinstance(target, ast.Name) and target.id == "detail":
                keys = node.value.keys if isinstance(node.value, ast.Dict) else []
                yield from (str(key.value) for key in keys if isinstance(key, ast.Constant))
            if isinstance(target, ast.Subscript) and "detail" in ast.unparse(target.value):
                assert isinstance(target.slice, ast.Constant)
                yield str(target.slice.value)


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"record", "record_reading"}:
            yield node


def test_every_kind_of_object_and_every_detail_has_words() -> None:
    kinds, names = {subject.value for subject in Subject}, {one.name for one in fields(TrailForm)}
    for path in sorted(CODE.rglob("*.py")):
        tree = ast.parse(path.read_text())
        for call in _calls(tree):
            kind = call.args[3 if ast.unparse(call.func) == "record" else 1]
            if isinstance(kind, ast.Constant):
                kinds.add(str(kind.value))
            names |= set(_details(call))
        if any(_calls(tree)) or "changes" in path.parts:
            names |= set(_assigned(tree))
    assert kinds == set(KINDS)
    assert names - HIDDEN <= set(NAMES)


HIDDEN = frozenset({"reason"})
"""Not shown: it says how a tenant is."""


def test_what_is_edited_of_a_person_or_worker_has_words() -> None:
    for draft in (PersonDraft, WorkerDraft):
        assert {one.name for one in fields(draft)} | {"name_key"} <= set(WORDS)


@pytest.mark.parametrize(
    ("name", "stored", "said"),
    [
        ("roles", "coordinator, team_lead 2", "Coördinator, Teamverantwoordelijke ACT"),
        ("team", "2", "ACT"),
        ("kind", "evening", "Avonddienst"),
        ("until", "2026-11-30", "ma 30 nov"),
        ("count", "12", "12"),
    ],
)
def test_details_are_in_the_readers_language(name: str, stored: str, said: str) -> None:
    with speaking(Language.DUTCH):
        assert value(name, stored, teams={"2": "ACT"}) == said
