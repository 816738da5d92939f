"""A group of commands that imports each command only when it is asked for."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rich_click as click


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command stands (`module:attribute`) and what the overview says of it."""

    target: str
    summary: str


class LazyGroup(click.RichGroup):
    """Knows its commands by name and place; the overview needs none of their modules."""

    def __init__(
        self, *args: Any, lazy_commands: Mapping[str, LazyCommand] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lazy_commands = dict(lazy_commands or {})

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click gives it
        """Return the names, in the order in which they were given."""
        return list(self.lazy_commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a stand-in with the summary, which is all that the overview shows."""
        command = self.lazy_commands.get(cmd_name)
        return None if command is None else click.RichCommand(name=cmd_name, help=command.summary)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Import the command that is about to run."""
        command = self.lazy_commands.get(args[0])
        if command is None:
            return super().resolve_command(ctx, args)
        module, _, attribute = command.target.partition(":")
        loaded = getattr(importlib.import_module(module), attribute)
        assert isinstance(loaded, click.Command), f"{command.target} is not a command"
        return args[0], loaded, args[1:]
