"""The annual report: its charts, and the report that keeps them."""
