"""Figures by file: read, questioned, kept whole or not at all, logged, and taken back."""
