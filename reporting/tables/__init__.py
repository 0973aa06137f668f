"""Tables to take away, and workbooks to fill in."""
