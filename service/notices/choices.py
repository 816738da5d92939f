"""Which kinds go which way: what an account chose, else the defaults, and what nobody turns off."""

from dataclasses import dataclass

from service.access.policy import Viewer
from service.access.states import Role
from service.notices.states import Channel, NoticeKind

ALWAYS_SHOWN = frozenset({NoticeKind.CHANGED_TODAY, NoticeKind.LONE_WORKER})
"""Shown in the application whatever was chosen: who misses these stands before a wrong door."""

WAITS_FOR_NOBODY = frozenset({NoticeKind.LONE_WORKER})
"""Goes out at any hour: somebody may be in danger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The ways of one kind. In the application: always, for the kinds of `ALWAYS_SHOWN`."""

    in_app: bool = True
    email: bool = False
    push: bool = False

    def channels(self) -> tuple[Channel, ...]:
        """The ways out of the house."""
        chosen = ((Channel.EMAIL, self.email), (Channel.PUSH, self.push))
        return tuple(channel for channel, wanted in chosen if wanted)


DEFAULTS = {
    NoticeKind.WEEK_PUBLISHED: Choice(email=True, push=True),
    NoticeKind.CHANGED_TODAY: Choice(email=False, push=True),
    NoticeKind.REPAIR_ASKED: Choice(email=False, push=True),
    NoticeKind.ABSENCE: Choice(email=False, push=False),
    NoticeKind.LONE_WORKER: Choice(email=True, push=True),
    NoticeKind.NO_CONTACT: Choice(email=True, push=True),
    NoticeKind.PROPOSAL: Choice(email=False, push=False),
}
"""Before anybody chooses. E-mail and push still need an address, or a browser, of the account's."""

_VISITING = frozenset({Role.WORKER, Role.TEAM_LEAD})
_LEADING = frozenset({Role.TEAM_LEAD})
_OF_ROLES = {
    NoticeKind.WEEK_PUBLISHED: _VISITING,
    NoticeKind.CHANGED_TODAY: _VISITING,
    NoticeKind.REPAIR_ASKED: _LEADING,
    NoticeKind.ABSENCE: _LEADING,
    NoticeKind.LONE_WORKER: _VISITING,
    NoticeKind.NO_CONTACT: _VISITING,
    NoticeKind.PROPOSAL: _LEADING,
}


def kinds_for(viewer: Viewer) -> tuple[NoticeKind, ...]:
    """The kinds that can reach somebody with the viewer's roles, to choose from."""
    return tuple(kind for kind in NoticeKind if viewer.holds(*_OF_ROLES[kind]))
