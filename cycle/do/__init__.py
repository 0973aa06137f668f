"""Do: returns, how actions stand, sign-off, and when a figure may be written."""
