"""Opening what was given: text, workbooks and blocks, one cell at a time."""
