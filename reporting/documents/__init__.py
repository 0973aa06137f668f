"""Word and PDF pages, and pictures."""
