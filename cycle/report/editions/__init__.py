"""Editions: planned for a committee, frozen from the figures, published, and held against what is known since."""
