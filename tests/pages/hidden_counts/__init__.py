"""A hidden count is nowhere in any file: a council that holds some, every file that is made of it, and the search."""
