"""Charts, each kind of layer authored once, with its words for those who do not see it."""
