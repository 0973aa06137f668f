"""Review: process limits, questions about figures, saved views and self-assessments."""
