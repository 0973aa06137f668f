"""A month's return: chosen, entered, checked and read."""
