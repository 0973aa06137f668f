"""Admin: accounts, setting up the council, the audit trail, and looking after the database."""
