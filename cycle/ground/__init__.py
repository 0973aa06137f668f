"""What every stage stands on: who is asking, what the council is called, and what may leave the house."""
