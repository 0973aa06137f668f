"""The golden thread: the plan as a tree, its gaps, and each person's line through it."""
