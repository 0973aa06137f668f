"""A past for the demonstration."""
