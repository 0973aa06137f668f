"""Report: the committee calendar, and what was frozen for it."""
