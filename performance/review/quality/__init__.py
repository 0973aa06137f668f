"""The quality of a measure's data, and questions about its figures."""
