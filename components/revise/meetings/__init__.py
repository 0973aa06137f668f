"""Review meetings: the list of them, their items, and the memo."""
