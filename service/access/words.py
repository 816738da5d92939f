"""What roles are called on pages: English texts, translated where they are shown."""

from service.access.states import Role
from service.web.i18n import N_

ROLE_NAMES = {
    Role.WORKER: N_("Worker"),
    Role.TEAM_LEAD: N_("Team lead"),
    Role.HOUSING_OFFICER: N_("Housing officer"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
