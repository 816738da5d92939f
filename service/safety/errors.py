"""Why a lone-worker check cannot begin or go on."""

from service.errors import ThuisrondeError
from service.safety.states import NoLadder
from service.web.i18n import N_


class LadderMissing(ThuisrondeError):
    """No check starts without a ladder that can be reached; `missing` names its empty steps."""

    def __init__(self, missing: tuple[NoLadder, ...]) -> None:
        super().__init__(
            N_("The check cannot start: somebody who must be told cannot be reached."),
            advice=N_("Tell a colleague yourself where you go and when you will call."),
        )
        self.missing = missing


class CheckOver(ThuisrondeError):
    """The check has ended already, by whomever."""

    def __init__(self) -> None:
        super().__init__(N_("This check has ended already."))


class AlertOver(ThuisrondeError):
    """The alert was closed already."""

    def __init__(self) -> None:
        super().__init__(N_("This alert was closed already."))
