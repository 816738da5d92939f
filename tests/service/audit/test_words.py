"""Every verb that the code records has its words, and none has words in vain."""

import ast
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import service
from service.audit.words import ACTIONS, action
from service.demo.queries import FILLED
from service.encounters.states import MarkKind
from service.morning.states import DayWishKind
from service.rounds.states import RunKind
from service.safety.states import AlertStep

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
