"""Home: the mails that tell people what it says."""
