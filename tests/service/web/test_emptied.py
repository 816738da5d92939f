"""What a page asks for is asked by the service too: nothing is filled in for what was emptied.

Forms are sent as typed (`novalidate`), so that the mark on a field binds nobody by itself.
"""

import re

from tests.service.web.access_world import World
from tests.support.sent_forms import forms_of
from tests.support.web import Browser

TENANT = ("person/own", "ethos/new", "income/new", "stay/new?choice=street", "agreement/new")
TENANT += ("pause/new", "series/new", "appointment/new", "exclusion/new", "flag/new", "team/new")
WORKER = ("worker/own", "team/new", "hours/new", "absence/new", "exclusion/new")
PAGES = (
    *(f"/{whose}/new" for whose in ("tenants", "workers", "teams", "accounts")),
    *(f"/tenants/T-001/edit/{part}" for part in TENANT),
    *(f"/workers/W05/edit/{part}" for part in WORKER),
    *(f"/teams/ACT/settings{part}" for part in ("", "/base/own", "/duty/new", "/preset/act")),
    "/safety/ACT",
)
ASKED = re.compile(r'<(?:input|textarea)[^>]* name="(\w+)"[^>]* required[ >]')


async def test_a_field_that_is_asked_for_is_refused_empty(world: World, everybody: Browser) -> None:
    accepted, asked = [], 0
    for page in PAGES:
        html = (await everybody.get(page)).text
        for form in forms_of(html, page=page.partition("?")[0]):
            for name in sorted(set(ASKED.findall(html)) & set(form.kinds)):
                sent: dict[str, list[str]] = {}
                for key, value in form.with_values(**{name: ""}):
                    sent.setdefault(key, []).append(value)
                answer = await everybody.client.post(form.action, data=sent)
                asked += 1
                if answer.status_code != 422 or f'id="{name}-error"' not in answer.text:
                    accepted.append((page, name, answer.status_code))
    assert accepted == []
    assert asked > len(PAGES)
