"""A ward: its classes on the map, how sure its figures are, and its page."""
