"""Report, as it is drawn."""
