"""Do: figures and returns on their way, drafts of them, and the calendar."""
