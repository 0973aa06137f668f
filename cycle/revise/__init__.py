"""Revise: lessons, what people told the council, and risks."""
