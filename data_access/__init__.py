"""Rows in, values out. Sessions come first and never commit here; the cycle opens the transaction."""
