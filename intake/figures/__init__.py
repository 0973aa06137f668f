"""Figures: from a file, a pasted block, or the workbook of a return."""
