"""One measure from all its sides."""
