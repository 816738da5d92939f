"""Tenants and what is agreed with them: stays, agreements, series, exclusions, safety flags."""
