"""The annual report: its charts from figures that may leave the house, and the report that keeps them in order."""
