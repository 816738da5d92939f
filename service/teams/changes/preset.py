"""What an agreement of a kind asks in this team until somebody changes it."""

import msgspec

from service.access.policy import Viewer
from service.errors import Invalid
from service.people.states import AgreementPreset
from service.teams.changes.team import edited_team
from service.teams.policy import Preset, default_policy
from service.undo.said import Edited
from service.web.i18n import N_


async def save_preset(
    viewer: Viewer,
    team: str,
    name: AgreementPreset,
    preset: Preset,
    *,
    expected_version: int | None = None,
) -> Edited:
    """Change a preset. Agreements keep their numbers; how many visits of a week must take place
    is read of the preset when a week is planned.

    Raises as `edited_team` does, and `Invalid` by field.
    """
    if preset.must > preset.contacts:
        raise Invalid({"must": N_("Not more than there are contacts.")})
    async with edited_team(
        viewer, team, action="change preset", expected_version=expected_version
    ) as edit:
        edit.detail["agreement"] = name.value
        presets = {**edit.team.policy.presets, name: preset}
        policy = msgspec.structs.replace(edit.team.policy, presets=presets)
        await edit.settle(policy, own_weights=edit.own_weights())
    return edit.edited


async def reset_preset(
    viewer: Viewer, team: str, name: AgreementPreset, *, expected_version: int | None = None
) -> Edited:
    """Give a preset the numbers of the field's practice again."""
    async with edited_team(
        viewer, team, action="change preset", expected_version=expected_version
    ) as edit:
        edit.detail["agreement"] = name.value
        usual = default_policy(edit.team.kind).presets[name]
        presets = {**edit.team.policy.presets, name: usual}
        policy = msgspec.structs.replace(edit.team.policy, presets=presets)
        await edit.settle(policy, own_weights=edit.own_weights())
    return edit.edited
