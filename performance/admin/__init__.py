"""Admin: setting up the council, and whoever guesses a password."""
