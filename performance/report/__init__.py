"""Report: editions for a committee, what they say for ever, and what became of it since."""
