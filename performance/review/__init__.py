"""Review: the scorecard, what is usual, what explains a change, and who we are compared with."""
