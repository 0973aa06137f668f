"""Revise, as it is drawn: lessons, and what people told the council."""
