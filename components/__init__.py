"""What is drawn more than once. A component draws and returns a value; it does not save, query or decide."""
