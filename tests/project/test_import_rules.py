"""The tree is the architecture: who may import whom inside `service/`.

`states < tables < queries < actions < pages, api, jobs, cli` within a folder; one folder
reaches another only through its queries, actions and leaf modules. Tables may refer to each
other's tables for foreign keys. The wiring (`service.app`, `service.cli`, ...) sees everything.
"""

import grimp
import pytest

LAYERS = {"tables": 1, "base_tables": 1, "queries": 2, "actions": 3}
EDGES = {"pages", "api", "jobs", "cli"}
GROUND = {"database", "web"}
"""Folders that others build on, module by module: units of work, the layout and its helpers."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("service", "scheduling", cache_dir=None)


def _direct_imports(graph: grimp.ImportGraph) -> list[tuple[list[str], list[str]]]:
    return [
        (importer.split("."), imported.split("."))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer.startswith("service.") and imported.startswith("service.")
    ]


def test_no_layer_reaches_up_within_its_folder(graph: grimp.ImportGraph) -> None:
    upward = [
        f"{'.'.join(a)} -> {'.'.join(b)}"
        for a, b in _direct_imports(graph)
        if len(a) > 2 and len(b) > 2 and a[1] == b[1]
        if (a[2] in LAYERS and LAYERS[a[2]] < LAYERS.get(b[2], 0))
        or (a[2] in LAYERS and b[2] in EDGES)
        or (a[2] == "states")
    ]
    assert upward == []


def test_tables_of_a_folder_are_its_own(graph: grimp.ImportGraph) -> None:
    """Others read rows through queries and change them through actions."""
    foreign = [
        f"{'.'.join(a)} -> {'.'.join(b)}"
        for a, b in _direct_imports(graph)
        if len(a) > 2 and len(b) > 2 and a[1] != b[1]
        if b[2] in {"tables", "base_tables"} and a[2] not in {"tables", "base_tables"}
        if a[1] != "demo"  # fills every table in one go
    ]
    assert foreign == []


def test_nobody_imports_pages_jobs_or_commands_of_another_folder(
    graph: grimp.ImportGraph,
) -> None:
    sideways = [
        f"{'.'.join(a)} -> {'.'.join(b)}"
        for a, b in _direct_imports(graph)
        if len(a) > 2 and len(b) > 2 and a[1] != b[1] and b[2] in EDGES and b[1] not in GROUND
    ]
    assert sideways == []
