"""Wards on the map, as a table, and each on a page of its own."""
