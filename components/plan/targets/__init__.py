"""Targets: typed, weighed and decided."""
