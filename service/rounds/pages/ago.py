"""How long ago something was, as one says it."""

from datetime import datetime

from service import clock
from service.web.dates import day_time
from service.web.i18n import gettext as _
from service.web.i18n import ngettext


def ago(moment: datetime) -> str:
    """'just now', '2 minutes ago', '3 hours ago', else the day and time."""
    minutes = int((clock.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes)
    if minutes < 24 * 60:
        return ngettext("%(num)s hour ago", "%(num)s hours ago", minutes // 60)
    return day_time(moment)
