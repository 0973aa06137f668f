"""The scorecard: its layouts, what a line is made of, and the file of it."""
