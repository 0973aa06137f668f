"""The rules of Home: what it says in words, and what of it a person is told by mail, and when."""
