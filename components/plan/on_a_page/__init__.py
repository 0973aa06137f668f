"""A plan on a page: read, changed in place, and printed."""
