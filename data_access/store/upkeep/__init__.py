"""Looking after a whole database: whether it holds together, copies of it, and what brings one back."""
