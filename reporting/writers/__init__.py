"""What a paper is made of, and what writes it: Word, slides, workbooks, and PDF pages."""
