"""The field in which skills are typed, for a worker and for a duty."""

from service.database.sql import fetch_all
from service.teams.skills_text import skills_text
from service.web.fields import Field, FieldsOf
from service.web.i18n import gettext as _


async def skills_field(form: FieldsOf, label: str) -> Field:
    """A text with commas; the hint says which skills there are."""
    rows = await fetch_all("select distinct unnest(skills) as skill from workers order by 1")
    known = skills_text([row["skill"] for row in rows])
    hint = _("With commas. Known so far: %(skills)s.", skills=known) if known else ""
    return form.text("skills", label, hint=hint)
