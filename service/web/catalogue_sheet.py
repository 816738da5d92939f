"""A sheet for whoever translates: what is missing goes out as JSON, and comes back filled.

Each entry has the English text, the places where it is used, and a text per language: a list of
two forms (for one, for more) where the English has a plural.
"""

from io import BytesIO
from pathlib import Path

import msgspec
from babel.messages import Catalog, Message
from babel.messages.pofile import write_po

from service.access.states import Language

Forms = str | list[str]


class Entry(msgspec.Struct):
    """One text of the sheet."""

    text: str
    plural: str = ""
    context: str = ""
    places: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    nl: Forms = ""
    fr: Forms = ""

    def forms(self, language: Language) -> Forms:
        """Return what the sheet says in a language; empty where nothing is filled in."""
        given = self.nl if language is Language.DUTCH else self.fr
        return given if given and all(given) else ""


def sheet(template: Catalog, catalogues: dict[Language, Catalog]) -> list[Entry]:
    """Return an entry for each text that a language lacks, in the order of the places."""
    return [
        _entry(message, catalogues)
        for message in sorted(template, key=_place)
        if message.id and any(_lacks(catalog, message) for catalog in catalogues.values())
    ]


def fill(entries: list[Entry], language: Language, catalog: Catalog) -> int:
    """Put what the sheet says into a language's catalogue; returns how many texts changed.

    Raises `KeyError` for a text that the catalogue does not know: collect first.
    """
    changed = 0
    for entry in entries:
        forms = entry.forms(language)
        if not forms:
            continue
        message = catalog.get(entry.text, entry.context or None)
        if message is None:
            raise KeyError(f"{language}: no text {entry.text!r} in the catalogue")
        wanted = tuple(forms) if isinstance(forms, list) else forms
        if message.string != wanted:
            message.string = wanted
            changed += 1
        message.flags.discard("fuzzy")
    return changed


def written(catalog: Catalog, header: bytes) -> bytes:
    """Return a catalogue's file, texts in a fixed order under our own short header."""
    out = BytesIO()
    write_po(out, catalog, width=100, sort_output=True, omit_header=True, include_lineno=False)
    return header + out.getvalue()


def read_sheet(path: Path) -> list[Entry]:
    """Read a sheet."""
    return msgspec.json.decode(path.read_bytes(), type=list[Entry])


def write_sheet(path: Path, entries: list[Entry]) -> None:
    """Write a sheet to be filled in."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(entries), indent=1) + b"\n")


def _entry(message: Message, catalogues: dict[Language, Catalog]) -> Entry:
    plural = message.id[1] if isinstance(message.id, (list, tuple)) else ""
    empty: Forms = ["", ""] if plural else ""
    known = {
        language.value: _known(catalog, message) or empty
        for language, catalog in catalogues.items()
    }
    return Entry(
        text=message.id if isinstance(message.id, str) else message.id[0],
        plural=plural,
        context=message.context or "",
        places=tuple(sorted({name for name, _ in message.locations})),
        comments=tuple(message.auto_comments),
        nl=known[Language.DUTCH.value],
        fr=known[Language.FRENCH.value],
    )


def _known(catalog: Catalog, message: Message) -> Forms:
    found = catalog.get(message.id, message.context)
    if found is None or _lacks(catalog, message):
        return ""
    return found.string if isinstance(found.string, str) else list(found.string or ())


def _lacks(catalog: Catalog, message: Message) -> bool:
    found = catalog.get(message.id, message.context)
    if found is None or found.fuzzy:
        return True
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
    return not forms or not all(forms)


def _place(message: Message) -> tuple[str, str]:
    names = sorted(name for name, _ in message.locations)
    return (names[0] if names else "", str(message.id))
