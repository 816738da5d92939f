"""Names folded for sorting and search: 'Özgür' is found by 'ozgur'."""

import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(text: str) -> str:
    """Lower case, without diacritics; what a person types and what is stored meet here."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return plain.translate(_LETTERS)


def name_key(*, first: str, last: str) -> str:
    """The folded 'last first' of a person's row."""
    return fold(f"{last} {first}")
