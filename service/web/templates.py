"""The one Jinja environment: each folder's templates under its own name, escaped, strict."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined

import service
from service.web import dates, i18n
from service.web.icons import icon
from service.web.static import static_url

_FILTERS = {
    "short_day": dates.short_day,
    "long_day": dates.long_day,
    "spoken_day": dates.spoken_day,
    "weekday": dates.weekday,
    "short_weekday": dates.short_weekday,
    "week": dates.week,
    "month_name": dates.month_name,
    "day_before": dates.day_before,
    "plus_days": dates.plus_days,
    "clock_time": dates.clock_time,
    "day_time": dates.day_time,
    "minute_time": dates.minute_time,
    "duration": dates.duration,
    "relative_day": dates.relative_day,
    "days_count": dates.days_count,
    "number": dates.number,
    "euros": dates.euros,
}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment; a template is named '<folder>/<file>', as in 'web/base.html'."""
    root = Path(str(files(service)))
    folders = {
        path.parent.name: FileSystemLoader(path)
        for path in sorted(root.glob("*/templates"))
        if path.is_dir()
    }
    environment = Environment(
        loader=PrefixLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext,
        i18n.ngettext,
        newstyle=True,
        pgettext=i18n.pgettext,
        npgettext=i18n.npgettext,
    )
    environment.filters.update(_FILTERS)
    environment.globals["static_url"] = static_url
    environment.globals["icon"] = icon
    environment.globals["days_range"] = dates.days_range
    return environment
