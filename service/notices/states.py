"""What notices are about, by which ways they go out, and what became of them."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """Also the tag of the message in `service.notices.types`; people choose by kind."""

    WEEK_PUBLISHED = "week_published"
    CHANGED_TODAY = "changed_today"
    REPAIR_ASKED = "repair_asked"
    ABSENCE = "absence"
    LONE_WORKER = "lone_worker"
    NO_CONTACT = "no_contact"
    PROPOSAL = "proposal"


class Channel(StrEnum):
    """A way out of the house; in the application a notice is a row, not a delivery."""

    EMAIL = "email"
    PUSH = "push"


class DeliveryState(StrEnum):
    """`sending` is claimed by a worker; the last three are ends."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


class DeliveryProblem(StrEnum):
    """Why a delivery waits again, was skipped or failed: a code, never an answer with addresses."""

    NOT_SET_UP = "not_set_up"
    NO_ADDRESS = "no_address"
    READ_ALREADY = "read_already"
    TOO_LATE = "too_late"
    UNREACHABLE = "unreachable"
    PUT_OFF = "put_off"
    REFUSED = "refused"
    ADDRESS_REFUSED = "address_refused"
    GONE = "gone"
    INTERRUPTED = "interrupted"


class LoneStep(StrEnum):
    """How far the ladder of a lone-worker check has come."""

    DUE = "due"
    NO_SIGNAL = "no_signal"
    BUDDY = "buddy"
    LEAD = "lead"
    ON_CALL = "on_call"
    ENDED = "ended"
