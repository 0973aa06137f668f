"""Home: what waits for the person who is signed in, from every stage."""
