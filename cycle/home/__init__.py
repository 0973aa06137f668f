"""Home: what is due from a person and what waits for them, from every stage."""
