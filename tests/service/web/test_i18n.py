"""Texts, days and amounts in the reader's language."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from service import clock
from service.access.states import Language
from service.web import catalogue_sheet, dates
from service.web.catalogue import collected, complaints, merged, read
from service.web.i18n import best_language, current_language, gettext, ngettext, speaking

DUTCH, FRENCH, ENGLISH = Language.DUTCH, Language.FRENCH, Language.ENGLISH


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl-BE,nl;q=0.9,en;q=0.8", DUTCH),
        ("en;q=0.5, fr;q=0.9", FRENCH),
        ("de-DE,de;q=0.9,en;q=0.1", ENGLISH),
        ("de", FRENCH),
        ("", FRENCH),
        ("nl;q=0, en", ENGLISH),
        ("en;q=oops, nl", DUTCH),
    ],
)
def test_the_browsers_wish_is_read(header: str, language: Language) -> None:
    assert best_language(header) is language


def test_a_block_speaks_another_language_and_no_longer() -> None:
    with speaking(DUTCH):
        assert gettext("today") == "vandaag"
        with speaking(FRENCH):
            assert gettext("today") == "aujourd’hui"
        assert current_language() is DUTCH
    assert gettext("today") == "today"
    assert gettext("never translated %(n)s", n=3) == "never translated 3"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (ENGLISH, ("0 days", "1 day", "2 days")),
        (DUTCH, ("0 dagen", "1 dag", "2 dagen")),
        (FRENCH, ("0 jour", "1 jour", "2 jours")),
    ],
)
def test_plurals_follow_the_language(language: Language, forms: tuple[str, ...]) -> None:
    with speaking(language):
        assert tuple(ngettext("%(num)s day", "%(num)s days", n) for n in range(3)) == forms


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (DUTCH, ("ma 30 nov", "maandag 30 november 2026", "week van ma 30 nov", "€ 1.776,07")),
        (
            FRENCH,
            ("lun. 30 nov.", "lundi 30 novembre 2026", "semaine du lun. 30 nov.", "1 776,07 €"),
        ),
        (ENGLISH, ("Mon 30 Nov", "Monday 30 November 2026", "week of Mon 30 Nov", "€1,776.07")),
    ],
)
def test_days_and_amounts_are_written_as_belgians_do(
    language: Language, expected: tuple[str, ...]
) -> None:
    monday = date(2026, 11, 30)
    with clock.stopped(datetime(2026, 11, 22, tzinfo=UTC)), speaking(language):
        written = (
            dates.short_day(monday),
            dates.long_day(monday),
            dates.week(monday),
            dates.euros(177607),
        )
    assert tuple(text.replace("\u202f", " ").replace("\xa0", " ") for text in written) == expected


def test_times_are_those_on_the_wall_in_brussels() -> None:
    with clock.stopped(datetime(2026, 3, 29, tzinfo=UTC)), speaking(DUTCH):
        assert dates.clock_time(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == "01:59"
        assert dates.clock_time(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == "03:00"
        assert dates.day_time(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "zo 25 okt, 02:30"
        assert dates.day_time(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "zo 25 okt, 02:30"
    with pytest.raises(ValueError, match="naive"):
        dates.clock_time(datetime(2026, 3, 29, 1, 0))  # noqa: DTZ001 (that is the point)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(5, "5 min"), (60, "1 h"), (75, "1 h 15"), (125, "2 h 05"), (-75, "−1 h 15"), (-5, "−5 min")],
)
def test_durations(minutes: int, text: str) -> None:
    assert dates.duration(minutes) == text


def test_a_range_of_days_names_its_month_once() -> None:
    with clock.stopped(datetime(2026, 11, 22, tzinfo=UTC)), speaking(DUTCH):
        assert dates.days_range(date(2026, 11, 30), date(2026, 12, 4)) == "30 nov – 4 dec"
        assert dates.days_range(date(2026, 12, 7), date(2026, 12, 11)) == "7 – 11 dec"


def _folder(tmp_path: Path, dutch: str) -> Path:
    header = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    (tmp_path / "nl.po").write_text(header + dutch, encoding="utf-8")
    return tmp_path


def _source(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('{{ _("Hello %(name)s", name=x) }}')
    (tmp_path / "page.py").write_text('N_("A list")\nngettext("%(num)s cat", "%(num)s cats", n)\n')
    return tmp_path


@pytest.mark.parametrize(
    ("dutch", "kinds"),
    [
        ("", {"missing"}),
        ('msgid "A list"\nmsgstr "Een lijst"\n', {"missing"}),
        ('#, fuzzy\nmsgid "A list"\nmsgstr "Een lijst"\n', {"missing", "unsure"}),
        ('msgid "Gone"\nmsgstr "Weg"\n', {"missing", "obsolete"}),
        ('msgid "Hello %(name)s"\nmsgstr "Dag %(naam)s"\n', {"missing", "other placeholders"}),
    ],
)
def test_the_check_finds_what_is_wrong(tmp_path: Path, dutch: str, kinds: set[str]) -> None:
    source = _source(tmp_path)
    found = list(complaints(DUTCH, collected(source), _folder(tmp_path, dutch)))
    assert {complaint.kind for complaint in found} == kinds


def test_collecting_brings_texts_in_and_out_and_can_be_repeated(tmp_path: Path) -> None:
    template = collected(_source(tmp_path))
    folder = _folder(tmp_path, 'msgid "Gone"\nmsgstr "Weg"\n\nmsgid "A list"\nmsgstr "Lijst"\n')
    once = merged(DUTCH, template, folder)
    assert b"Gone" not in once
    assert b'msgid "A list"\nmsgstr "Lijst"' in once
    assert b"#: templates/page.html" in once
    assert b"msgid_plural" in once
    (folder / "nl.po").write_bytes(once)
    assert merged(DUTCH, template, folder) == once


def test_a_filled_sheet_completes_a_catalogue(tmp_path: Path) -> None:
    template = collected(_source(tmp_path))
    folder = _folder(tmp_path, 'msgid "A list"\nmsgstr "Lijst"\n')
    (folder / "nl.po").write_bytes(merged(DUTCH, template, folder))
    catalog = read(DUTCH, folder)
    both = {DUTCH: catalog, FRENCH: catalog}
    entries = catalogue_sheet.sheet(template, both)
    assert [(entry.text, entry.plural, entry.nl) for entry in entries] == [
        ("%(num)s cat", "%(num)s cats", ["", ""]),
        ("Hello %(name)s", "", ""),
    ]
    sheet = tmp_path / "sheet.json"
    catalogue_sheet.write_sheet(sheet, entries)
    filled = catalogue_sheet.read_sheet(sheet)
    filled[0].nl = ["%(num)s kat", "%(num)s katten"]
    assert catalogue_sheet.fill(filled, DUTCH, catalog) == 1
    filled[1].nl = "Dag %(name)s"
    assert catalogue_sheet.fill(filled, DUTCH, catalog) == 1
    (folder / "nl.po").write_bytes(catalogue_sheet.written(catalog, b""))
    assert list(complaints(DUTCH, template, folder)) == []
    with pytest.raises(KeyError, match="unknown"):
        catalogue_sheet.fill([catalogue_sheet.Entry(text="unknown", nl="x")], DUTCH, catalog)


def test_the_draft_has_one_name_in_french() -> None:
    texts = [
        (str(entry.id), str(entry.string))
        for entry in read(FRENCH)
        if "draft" in str(entry.id).lower()
    ]
    assert texts
    assert [text for _, text in texts if "brouillon" not in text.lower()] == []
    assert [text for _, text in texts if "projet" in text.lower()] == []
