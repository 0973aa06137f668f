"""Plan, as it is drawn."""
