"""Review: the scorecard, one measure, wards, the Explorer, and what changed."""
