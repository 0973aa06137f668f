"""The database itself: its engine and transaction, its guards, its ledger, and how it is brought to a version."""
