"""The quality of the council's data, and questions about figures."""
