"""Do, as it is drawn: the calendar, sign-off, receipts and reopenings."""
