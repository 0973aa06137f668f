"""The council: areas, units, people, and its settings."""
