"""Which row of which tenant is edited, by whom."""

from dataclasses import dataclass

from service.access.policy import TenantFacts, Viewer
from service.people.changes.edit import EditedTenant
from service.web.parts import EndForm, Known, NothingForm, Part, text

__all__ = ["Asked", "EndForm", "Known", "NothingForm", "Part", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`row` is None for a new one, 0 for the only one. `choice` is what the address asks beside
    it: the kind of a new stay, a preset."""

    viewer: Viewer
    tenant: EditedTenant
    row: int | None
    version: int | None = None
    choice: str = ""

    @property
    def facts(self) -> TenantFacts:
        """What access hangs on."""
        return self.tenant.facts
