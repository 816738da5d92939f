"""What languages are called in the reader's language."""

from babel import Locale

from service.web.i18n import current_language

SPOKEN = (
    "fr", "nl", "en", "ar", "tr", "pl", "pt", "es", "ro", "bg", "ru", "uk", "so", "ti", "am",
    "fa", "ps", "ur", "sq", "it", "de", "rif", "ber", "ff", "ln",
)  # fmt: skip
"""Codes of the languages one can choose, the country's own first."""


def language_name(code: str) -> str:
    """'Turkish' of 'tr'; an unknown code as it is."""
    return str(Locale(current_language().value).languages.get(code, code))


def language_options() -> tuple[tuple[str, str], ...]:
    """(code, name) of the languages one can choose."""
    return tuple((code, language_name(code)) for code in SPOKEN)
