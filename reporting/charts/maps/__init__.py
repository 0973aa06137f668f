"""Drawn maps."""
