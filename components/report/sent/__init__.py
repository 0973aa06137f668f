"""Reports that go out by themselves: the list, the form, and what became of each."""
