"""Skills as people write them: plain words with commas."""

import msgspec

from service.errors import Invalid
from service.teams.drafts import Skill
from service.web.i18n import N_


def read_skills(text: str) -> tuple[str, ...]:
    """'First aid, injections' as stored: ('first_aid', 'injections'); raises `Invalid`."""
    words = [word.strip().lower().replace(" ", "_") for word in text.split(",")]
    found = tuple(dict.fromkeys(word for word in words if word))
    try:
        return msgspec.convert(found, tuple[Skill, ...])
    except msgspec.ValidationError:
        raise Invalid(
            {"skills": N_("Plain words with commas between them: injections, first aid.")}
        ) from None


def skills_text(skills: tuple[str, ...] | list[str]) -> str:
    """'first aid, injections'."""
    return ", ".join(skill.replace("_", " ") for skill in skills)
