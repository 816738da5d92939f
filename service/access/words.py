"""What roles and scopes are called on pages: English texts, translated where they are shown."""

from service.access.scopes import Area, Right
from service.access.states import Role
from service.web.i18n import N_

ROLE_NAMES = {
    Role.WORKER: N_("Worker"),
    Role.TEAM_LEAD: N_("Team lead"),
    Role.HOUSING_OFFICER: N_("Housing officer"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

AREA_NAMES = {
    Area.TENANTS: N_("Tenants"),
    Area.AGREEMENTS: N_("Support agreements"),
    Area.WORKERS: N_("Workers"),
    Area.ABSENCES: N_("Absences"),
    Area.ROSTERS: N_("Rosters and visits"),
    Area.ENCOUNTERS: N_("Encounters"),
    Area.FEEDS: N_("Feeds"),
}
RIGHT_NAMES = {Right.READ: N_("Read"), Right.WRITE: N_("Read and change")}
RIGHT_SENTENCES = {
    Right.READ: N_("May read: %(areas)s"),
    Right.WRITE: N_("May read and change: %(areas)s"),
}
