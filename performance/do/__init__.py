"""Do: what a return asks, what people answer, and what becomes of it."""
