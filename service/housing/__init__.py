"""Homes: landlords, dwellings, leases, tenancies and moves."""
