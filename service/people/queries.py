"""Readings about tenants that other folders ask for; those for planning stand beside."""

from service.people.buildings import Building, building_of, buildings_of_teams
from service.people.caseload_queries import tenant_names
from service.people.planning_queries import (
    PlaceFacts,
    caseload_in_week,
    exclusions_in_week,
    places_by_id,
)
from service.people.telling_queries import languages_to_write_in

__all__ = [
    "Building",
    "PlaceFacts",
    "building_of",
    "buildings_of_teams",
    "caseload_in_week",
    "exclusions_in_week",
    "languages_to_write_in",
    "places_by_id",
    "tenant_names",
]
