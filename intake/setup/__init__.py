"""Setting up a council: the workbook, its boundaries, and the demonstration."""
