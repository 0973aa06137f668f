"""What is made of an edition to take away: one pack, as a document, as slides and as a workbook."""
