"""Days, times and amounts as Belgians write them, in the reader's language."""

from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from service.access.states import Language
from service.clock import BRUSSELS, today
from service.web.i18n import current_language, gettext, ngettext

_LOCALES = {
    Language.DUTCH: Locale("nl", "BE"),
    Language.FRENCH: Locale("fr", "BE"),
    Language.ENGLISH: Locale("en", "GB"),
}
_A_MONDAY = date(2024, 1, 1)


def _formatted(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=_LOCALES[current_language()])


def short_day(day: date) -> str:
    """'ma 30 nov', with the year where it is not this one."""
    return _formatted(day, "EEE d MMM" if day.year == today().year else "EEE d MMM y")


def long_day(day: date) -> str:
    """'maandag 30 november 2026'."""
    return _formatted(day, "EEEE d MMMM y")


def spoken_day(day: date) -> str:
    """'dinsdag 1 december': as one says it."""
    return _formatted(day, "EEEE d MMMM")


def month_name(day: date) -> str:
    """'november 2026'."""
    return _formatted(day, "MMMM y")


def day_before(day: date) -> date:
    """The last day of something that ends, half-open, on `day`."""
    return day - timedelta(days=1)


def plus_days(day: date, count: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=count)


def weekday(day: date) -> str:
    """'maandag'."""
    return _formatted(day, "EEEE")


def short_weekday(day: date) -> str:
    """'ma'."""
    return _formatted(day, "EEE")


def weekday_name(number: int, *, short: bool = False) -> str:
    """'maandag' of 1, or 'ma'."""
    day = _A_MONDAY + timedelta(days=number - 1)
    return short_weekday(day) if short else weekday(day)


def week(monday: date) -> str:
    """'week van ma 30 nov': a week is named by its Monday."""
    return gettext("week of %(day)s", day=short_day(monday))


def days_range(first: date, last: date) -> str:
    """'30 nov - 4 dec', with an en dash; `last` is the last day shown."""
    same_month = (first.year, first.month) == (last.year, last.month)
    start = _formatted(first, "d" if same_month else "d MMM")
    end = _formatted(last, "d MMM" if last.year == today().year else "d MMM y")
    return f"{start} – {end}"


def clock_time(at: datetime) -> str:
    """'09:30' in Brussels; refuses a naive instant."""
    if at.tzinfo is None:
        raise ValueError("a time is shown of a zone-aware instant, not of a naive one")
    return at.astimezone(BRUSSELS).strftime("%H:%M")


def day_time(at: datetime) -> str:
    """'ma 30 nov, 09:30' in Brussels."""
    return f"{short_day(at.astimezone(BRUSSELS).date())}, {clock_time(at)}"


def minute_time(minute: int) -> str:
    """'09:30' of minutes after local midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def duration(minutes: int) -> str:
    """'45 min', '1 h', '1 h 15', '−45 min'."""
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h {rest:02d}" if rest else f"{sign}{hours} h"


def relative_day(day: date) -> str:
    """'today', 'tomorrow', 'yesterday', else the short day."""
    if day == today():
        return gettext("today")
    if day == today() + timedelta(days=1):
        return gettext("tomorrow")
    if day == today() - timedelta(days=1):
        return gettext("yesterday")
    return short_day(day)


def days_count(days: int) -> str:
    """'12 days'."""
    return ngettext("%(num)s day", "%(num)s days", days)


def number(value: float) -> str:
    """'1.859' in Dutch, '1 859' in French, '1,859' in English."""
    return format_decimal(value, locale=_LOCALES[current_language()])


def euros(cents: int) -> str:
    """'€ 1.776,07' of cents."""
    return format_currency(cents / 100, "EUR", locale=_LOCALES[current_language()])
