"""Which calendar program fetched a feed: a coarse name, never the User-Agent itself."""

_KNOWN = (
    ("google-calendar", "Google Calendar"),
    ("icsx5", "ICSx5"),
    ("davx5", "ICSx5"),
    ("thunderbird", "Thunderbird"),
    ("nextcloud", "Nextcloud"),
    ("microsoft exchange", "Outlook"),
    ("microsoft.exchange", "Outlook"),
    ("microsoft.office", "Outlook"),
    ("microsoft office", "Outlook"),
    ("outlook", "Outlook"),
    ("dataaccessd", "Apple Calendar"),
    ("calendaragent", "Apple Calendar"),
    ("calendarkit", "Apple Calendar"),
    ("ical/", "Apple Calendar"),
    ("evolution", "Evolution"),
    ("korganizer", "KOrganizer"),
    ("akonadi", "KOrganizer"),
    ("proton", "Proton Calendar"),
    ("curl/", "curl"),
)
OTHER = "other"


def client_name(user_agent: str) -> str:
    """Return the name of a known calendar program, or 'other'."""
    folded = user_agent[:400].lower()
    return next((name for mark, name in _KNOWN if mark in folded), OTHER)
