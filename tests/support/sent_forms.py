"""The forms of a page as a browser would send them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass
class SentForm:
    """Where a form goes, what it would send, and each field's type as the page has it."""

    action: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)

    def with_values(self, **values: str) -> list[tuple[str, str]]:
        """The pairs with other values of some fields."""
        kept = [pair for pair in self.pairs if pair[0] not in values]
        return [*kept, *values.items()]


def forms_of(html: str, *, page: str) -> Sequence[SentForm]:
    """The forms of a page that are posted; `page`: where one without an action goes."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[SentForm] = []
        self._page = page
        self._form: SentForm | None = None
        self._select: list[tuple[str, bool]] | None = None
        self._named = ""
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = SentForm(given.get("action") or self._page)
            if given.get("method", "").lower() == "post":
                self.found.append(self._form)
        elif tag == "option" and self._select is not None:
            self._select.append((given.get("value", ""), "selected" in given))
        elif self._form is not None and given.get("name"):
            self._begin(tag, given)

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        self._named = given["name"]
        kind = given.get("type", "text") if tag == "input" else tag
        if tag in {"input", "select", "textarea"}:
            self._form.kinds.setdefault(self._named, kind)
        if tag == "select":
            self._select = []
        elif tag == "textarea":
            self._text = []
        elif tag == "input" and (kind not in {"checkbox", "radio"} or "checked" in given):
            self._form.pairs.append((self._named, given.get("value", "on")))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select is not None and self._form is not None:
            chosen = [value for value, selected in self._select if selected]
            first = [value for value, _ in self._select[:1]]
            self._form.pairs += [(self._named, value) for value in chosen or first]
            self._select = None
        elif tag == "textarea" and self._text is not None and self._form is not None:
            self._form.pairs.append((self._named, "".join(self._text).strip()))
            self._text = None
