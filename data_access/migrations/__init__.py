"""Numbered migrations: each brings a database from one version to the next, and nothing else."""
