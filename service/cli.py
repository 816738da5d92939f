"""The command line: `thuisronde COMMAND`, with one sentence and a non-zero exit on errors."""

import sys
from collections.abc import Iterator

import rich_click as click
from click.exceptions import Exit

from service.commands.lazy import LazyCommand, LazyGroup
from service.errors import ThuisrondeError
from service.logs import error_without_words

click.rich_click.STYLE_ERRORS_SUGGESTION = ""
click.rich_click.SHOW_ARGUMENTS = True

COMMANDS = {
    "demo": LazyCommand(
        "service.demo.start:demo", "A demonstration: invented people, a planned week, served."
    ),
    "serve": LazyCommand("service.commands.run:serve", "Run everything in one process."),
    "web": LazyCommand("service.commands.run:web", "Run only the pages and feeds."),
    "worker": LazyCommand("service.commands.run:worker", "Run only the jobs: planning first."),
    "clock": LazyCommand("service.commands.run:clock", "Run only the clock that starts jobs."),
    "stop": LazyCommand("service.commands.stop:stop", "End what runs here, and its database."),
    "migrate": LazyCommand(
        "service.commands.migrate:migrate", "Bring the database's tables up to this version."
    ),
    "backup": LazyCommand("service.commands.backup:backup", "Write the database to a file."),
    "restore": LazyCommand(
        "service.commands.backup:restore", "Fill an empty database from such a file."
    ),
    "account": LazyCommand("service.access.cli:account", "Make and change accounts."),
    "team": LazyCommand("service.teams.cli:team", "What a team's plans weigh, what it shares."),
    "plan": LazyCommand("scheduling.cli:plan_command", "Plan a problem file."),
    "plan-run": LazyCommand("service.rounds.cli:plan_run", "List plan runs, export a problem."),
    "check": LazyCommand("scheduling.cli:check_command", "Judge a plan file, with no solver."),
    "explain": LazyCommand("scheduling.cli:explain_command", "Say why visits are left out."),
    "repair": LazyCommand("scheduling.cli:repair_command", "Mend a plan after what happened."),
    "demo-data": LazyCommand("service.demo.cli:demo_data", "Fill a database with invented people."),
}


@click.group(
    cls=LazyGroup,
    lazy_commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="thuisronde", prog_name="thuisronde")
def thuisronde() -> None:
    """The week's home visits of Housing First teams: planned, published, on every phone.

    Settings come from the environment: THUISRONDE_DATA_DIR, THUISRONDE_PORT, THUISRONDE_HOST,
    THUISRONDE_BASE_URL, THUISRONDE_DATABASE_URL (see docs/database.md).
    """


def main() -> None:
    """Run the command line; what is expected to go wrong ends in one sentence."""
    try:
        thuisronde.main(standalone_mode=False)
    except Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 a traceback's last line may quote a row
        click.echo(f"Error: {expected(error) or unexpected(error)}", err=True)
        sys.exit(1)


def expected(error: BaseException) -> ThuisrondeError | None:
    """Return the error of ours that a group of errors holds, if it holds nothing else."""
    found = list(_leaves(error))
    ours = [leaf for leaf in found if isinstance(leaf, ThuisrondeError)]
    return ours[0] if ours and len(ours) == len(found) else None


def unexpected(error: BaseException) -> str:
    """Say what broke and where, without the error's words: a service's terminal is a log too."""
    kinds = [error_without_words(None, "", {"exc_info": leaf}) for leaf in _leaves(error)]
    places = "; ".join(f"{kind['error']} at {kind['at']}" for kind in kinds)
    return f"something broke that should not ({places}). Tell who looks after this program."


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


if __name__ == "__main__":
    main()
