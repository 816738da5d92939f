"""What levels, scopes and clients are called on pages: English texts, translated where shown."""

from service.feeds.clients import OTHER
from service.feeds.states import FeedLevel
from service.web.i18n import N_

LEVEL_NAMES = {
    FeedLevel.MINIMAL: N_("Minimal: time, tenant code, municipality"),
    FeedLevel.STREET: N_("Street: the address as well"),
    FeedLevel.INITIALS: N_("Initials: the address and the tenant's initials"),
}
SHORT_LEVEL_NAMES = {
    FeedLevel.MINIMAL: N_("minimal"),
    FeedLevel.STREET: N_("street"),
    FeedLevel.INITIALS: N_("initials"),
}
CLIENT_NAMES = {OTHER: N_("another program")}
