"""Files out to folders that the operator named."""
