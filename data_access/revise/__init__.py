"""Revise: recovery plans, meetings, lessons, feedback and risks."""
