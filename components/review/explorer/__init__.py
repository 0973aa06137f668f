"""The Explorer, its saved views, and requests for data."""
