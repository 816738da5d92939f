"""Texts in the reader's language: catalogues read at start, the language kept per task."""

import gettext as gettext_standard
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

from service.access.states import Language

SOURCE = Language.ENGLISH
_Key = str | tuple[str, str]

_language: ContextVar[Language] = ContextVar("language", default=SOURCE)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language: by English text, or by context and English text."""

    texts: Mapping[_Key, tuple[str, ...]]
    plural_form: Callable[[int], int]

    def text(self, key: _Key, *, count: int | None = None) -> str | None:
        """Return the translation, in the plural form of `count`; None where there is none."""
        forms = self.texts.get(key)
        if forms is None:
            return None
        if count is None or len(forms) == 1:
            return forms[0]
        return forms[min(self.plural_form(count), len(forms) - 1)]


@lru_cache(maxsize=len(Language))
def catalogue(language: Language) -> Catalogue:
    """Read a language's catalogue; English, the source, has none to read."""
    if language is SOURCE:
        return Catalogue(texts={}, plural_form=lambda n: int(n != 1))
    source = files("service.web").joinpath("translations", f"{language}.po")
    with source.open("rb") as file:
        catalog = read_po(file, locale=language.value)
    texts: dict[_Key, tuple[str, ...]] = {}
    for message in catalog:
        forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if not message.id or message.fuzzy or not all(forms):
            continue
        english = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
        key = (message.context, english) if message.context else english
        texts[key] = tuple(str(form) for form in forms)
    return Catalogue(texts=texts, plural_form=gettext_standard.c2py(catalog.plural_expr))


def current_language() -> Language:
    """Return the language of the person this task answers; English outside a request."""
    return _language.get()


def speak(language: Language) -> None:
    """Answer in `language` for the rest of this task."""
    _language.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Answer in `language` inside the block: a feed, a notice to somebody else."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(message: str, /, **values: object) -> str:
    """Return `message` in the current language; `%(name)s` in it is filled from `values`."""
    found = catalogue(_language.get()).text(message) or message
    return found % values if values else found


def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
    """Return the form for `count`, which stands as `%(num)s` in the text."""
    found = catalogue(_language.get()).text(singular, count=count)
    if found is None:
        found = singular if count == 1 else plural
    return found % {"num": count, **values}


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Like `gettext`, for an English text that means two things ('May', 'may')."""
    found = catalogue(_language.get()).text((context, message)) or message
    return found % values if values else found


def npgettext(context: str, singular: str, plural: str, count: int, /, **values: object) -> str:
    """Like `ngettext`, with a context."""
    found = catalogue(_language.get()).text((context, singular), count=count)
    if found is None:
        found = singular if count == 1 else plural
    return found % {"num": count, **values}


def N_(message: str) -> str:  # noqa: N802 (the name that translators' tools know)
    """Mark a text that is translated where it is shown: labels of enums, messages of errors."""
    return message


def best_language(accept_language: str) -> Language:
    """Choose from an Accept-Language header; French where nothing fits, as most readers do."""
    wishes: list[tuple[float, int, Language]] = []
    for position, part in enumerate(accept_language.split(",")[:20]):
        tag, _, parameter = part.strip().partition(";")
        primary = tag.split("-")[0].lower()
        if primary not in set(Language):
            continue
        try:
            quality = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            continue
        if quality > 0:
            wishes.append((-quality, position, Language(primary)))
    return min(wishes)[2] if wishes else Language.FRENCH


# Babel, Jinja and we agree on this name.
_ = gettext
