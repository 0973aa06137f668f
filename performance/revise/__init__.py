"""Revise: recovery plans, risks, lessons, feedback, and the questions of a review meeting."""
