"""Review meetings: the memo that opens itself, and the minutes."""
