"""Admin, as it is drawn: the audit trail, and setting up the council."""
