"""Dates as files that calendars take in."""
