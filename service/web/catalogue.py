"""Keeps the Dutch and French catalogues in step with the texts in templates and Python.

`python -m service.web.catalogue check` fails while a text is missing, unsure, obsolete or
wrongly filled; `collect` brings new texts into the files and takes obsolete ones out;
`missing nl` lists what is left to translate, with the places where it is used. To translate
many at once: `export FILE.json` writes a sheet of what is missing in any language, and
`fill FILE.json` brings the filled sheet in.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import scheduling
from service.access.states import Language
from service.web import catalogue_sheet
from service.web.i18n import SOURCE

SERVICE = Path(__file__).parents[1]
PLANNER = Path(scheduling.__file__).parent
TRANSLATIONS = Path(__file__).parent / "translations"
LANGUAGES = tuple(language for language in Language if language is not SOURCE)

_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_OPTIONS = {"**/templates/**.html": {"newstyle_gettext": "true", "silent": "false"}}
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong with one text of one language."""

    language: Language
    kind: str
    text: str
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"   ({', '.join(self.places[:3])})" if self.places else ""
        return f"{self.language}: {self.kind}: {self.text!r}{where}"


def collected(*roots: Path) -> Catalog:
    """Extract every marked text below `roots` with the files it stands in.

    Without roots: the service's own, and what the planner's rules say, which the service speaks.
    """
    catalog = Catalog(fuzzy=False)
    for root in roots or (SERVICE, PLANNER):
        above = f"{root.name}/" if root == PLANNER else ""
        found = extract_from_dir(
            root, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("Translators:",)
        )
        for name, _line, message, comments, context in found:
            places = [(f"{above}{name}", 0)]
            catalog.add(message, locations=places, auto_comments=comments, context=context)
    return catalog


def read(language: Language, folder: Path = TRANSLATIONS) -> Catalog:
    """Read a language's catalogue as it stands."""
    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language.value)


def merged(language: Language, template: Catalog, folder: Path = TRANSLATIONS) -> bytes:
    """Return the language's file with new texts in and obsolete ones out, in a fixed order."""
    catalog = read(language, folder)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    for message in catalog:
        message.locations = sorted({(name, 0) for name, _ in message.locations})
    return catalogue_sheet.written(catalog, _header(language))


def complaints(
    language: Language, template: Catalog, folder: Path = TRANSLATIONS
) -> Iterator[Complaint]:
    """Yield what is wrong: missing, unsure, obsolete, placeholders that differ."""
    catalog = read(language, folder)
    for message in template:
        if not message.id:
            continue
        places = tuple(sorted({name for name, _ in message.locations}))
        english = _english(message)
        found = catalog.get(message.id, message.context)
        if found is None or not all(_forms(found)):
            yield Complaint(language, "missing", english, places)
        elif found.fuzzy:
            yield Complaint(language, "unsure", english, places)
        elif not _same_placeholders(message, found):
            yield Complaint(language, "other placeholders", english, places)
    for message in catalog:
        if message.id and template.get(message.id, message.context) is None:
            yield Complaint(language, "obsolete", _english(message))


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _same_placeholders(source: Message, found: Message) -> bool:
    """Every form uses placeholders of the English text, and the last one uses all of them."""
    texts = (source.id,) if isinstance(source.id, str) else tuple(source.id)
    wanted = {name for text in texts for name in _PLACEHOLDER.findall(text)}
    used = [set(_PLACEHOLDER.findall(form)) for form in _forms(found)]
    return used[-1] == wanted and all(names <= wanted for names in used)


def _header(language: Language) -> bytes:
    plural = "n > 1" if language is Language.FRENCH else "n != 1"
    lines = (
        'msgid ""',
        'msgstr ""',
        rf'"Language: {language}\n"',
        r'"MIME-Version: 1.0\n"',
        r'"Content-Type: text/plain; charset=utf-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
        rf'"Plural-Forms: nplurals=2; plural=({plural});\n"',
        "",
        "",
    )
    return "\n".join(lines).encode()


def _fill(path: Path) -> None:
    entries = catalogue_sheet.read_sheet(path)
    for language in LANGUAGES:
        catalog = read(language)
        changed = catalogue_sheet.fill(entries, language, catalog)
        file = TRANSLATIONS / f"{language}.po"
        file.write_bytes(catalogue_sheet.written(catalog, _header(language)))
        sys.stdout.write(f"{language}: {changed} texts filled.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of them; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m service.web.catalogue", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="fail while something is left to translate")
    commands.add_parser("collect", help="bring new texts in, take obsolete ones out")
    missing = commands.add_parser("missing", help="list what is left to translate")
    missing.add_argument("language", choices=[language.value for language in LANGUAGES])
    for name, words in (
        ("export", "write a sheet of what is missing"),
        ("fill", "bring a filled sheet in"),
    ):
        commands.add_parser(name, help=words).add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    template = collected()
    if chosen.command in ("collect", "export", "fill"):
        for language in LANGUAGES:
            (TRANSLATIONS / f"{language}.po").write_bytes(merged(language, template))
    if chosen.command == "export":
        known = {language: read(language) for language in LANGUAGES}
        catalogue_sheet.write_sheet(chosen.file, catalogue_sheet.sheet(template, known))
    if chosen.command == "fill":
        _fill(chosen.file)
    wanted = [Language(chosen.language)] if chosen.command == "missing" else LANGUAGES
    found = [complaint for language in wanted for complaint in complaints(language, template)]
    if chosen.command == "missing":
        found = [complaint for complaint in found if complaint.kind != "obsolete"]
    for complaint in found:
        sys.stdout.write(f"{complaint}\n")
    texts = sum(1 for message in template if message.id)
    sys.stdout.write(f"{texts} texts in {len(wanted)} languages, {len(found)} to look at.\n")
    return 1 if found and chosen.command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
