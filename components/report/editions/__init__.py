"""Editions: the list of them, what one says, and the steps towards its publication."""
