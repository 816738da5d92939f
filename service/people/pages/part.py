"""A part of a tenant's page that can be edited: its form, what it shows first, what it does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from service.access.policy import TenantFacts, Viewer
from service.people.changes.edit import EditedTenant, May
from service.undo.said import Edited
from service.web.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which row of which tenant is edited, by whom; `row` None for a new one.

    `choice` is what the address asks beside it: the kind of a new stay, a preset.
    """

    viewer: Viewer
    tenant: EditedTenant
    row: int | None
    version: int | None = None
    choice: str = ""

    @property
    def facts(self) -> TenantFacts:
        """What access hangs on."""
        return self.tenant.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a form shows before anything is typed: texts, and those of fields with several."""

    values: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Saves = Callable[[Asked, Any], Awaitable[Edited]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part. `known` raises `NotFound` for a row that is not this tenant's.

    `remove` is the second button, called `remove_label`; `template` shows more beside the form.
    """

    form: type[msgspec.Struct]
    title: Callable[[Asked], str]
    may: May
    fields: Callable[[Asked, Known], Awaitable[tuple[Field, ...]]]
    known: Callable[[Asked], Awaitable[Known]]
    save: Saves
    sentence: Callable[[Asked], str] = lambda _asked: ""
    remove: Saves | None = None
    remove_form: type[msgspec.Struct] | None = None
    remove_label: Callable[[], str] = lambda: ""
    template: str = "people/edit.html"


def text(value: object) -> str:
    """A value as a form shows it: nothing for None, 'true' for yes."""
    if value is None or value is False:
        return ""
    return "true" if value is True else str(value)
