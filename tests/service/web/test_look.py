"""The tokens keep the promises of docs/look.md: contrast by construction, one place for colour."""

import re

import pytest

from service.web.static import static_files

SHEETS = {
    name: file.content.decode() for name, file in static_files().items() if name.startswith("css/")
}
TEXT_ON = {
    "ink": (
        "paper",
        "surface",
        "surface-2",
        "accent-soft",
        "good-soft",
        "warn-soft",
        "bad-soft",
        "calm-soft",
    ),
    "ink-2": ("paper", "surface", "surface-2"),
    "accent-text": ("paper", "surface", "surface-2", "accent-soft"),
    "accent-ink": ("accent", "accent-2"),
    "good": ("good-soft", "surface"),
    "warn": ("warn-soft", "surface"),
    "bad": ("bad-soft", "surface", "paper"),
    "calm": ("calm-soft", "surface"),
    "paper": ("ink",),
}
SIGN_ON = {"line-strong": ("paper", "surface"), "accent": ("paper", "surface")}


def _tokens() -> dict[str, dict[str, str]]:
    light, dark = SHEETS["css/tokens.css"].split("@media (prefers-color-scheme: dark)")
    found = {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text))
        for name, text in (("light", light), ("dark", dark))
    }
    assert set(found["dark"]) == set(found["light"]), "each colour has a light and a dark value"
    return found


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT_ON, 4.5), (SIGN_ON, 3.0)], ids=["text", "signs"]
)
def test_text_and_signs_stand_out(
    light: str, pairs: dict[str, tuple[str, ...]], least: float
) -> None:
    tokens = _tokens()[light]
    weak = {
        f"{front} on {ground}": round(contrast(tokens[front], tokens[ground]), 2)
        for front, grounds in pairs.items()
        for ground in grounds
        if contrast(tokens[front], tokens[ground]) < least
    }
    assert weak == {}


def test_colours_and_sizes_have_one_place() -> None:
    """Only the tokens name a colour; print turns them to ink, shadows of a backdrop aside."""
    found = [
        f"{name}: {line.strip()}"
        for name, text in SHEETS.items()
        if not name.endswith(("tokens.css", "print.css"))
        for line in text.splitlines()
        if re.search(r"#[0-9a-fA-F]{3,8}\b|font-size:\s*[\d.]", line)
    ]
    assert found == []


def test_there_are_five_sizes_and_two_weights() -> None:
    tokens = SHEETS["css/tokens.css"]
    assert len(re.findall(r"--size-\d:", tokens)) == 5
    weights = {
        weight
        for name, text in SHEETS.items()
        for weight in re.findall(r"font-weight:\s*([^;]+);", text)
    }
    assert weights <= {"var(--regular)", "var(--strong)"}
    assert tokens.count("--regular:") == tokens.count("--strong:") == 1
