"""Parts that pages of several stages draw: texts, tables, ratings, lines over time, and files to take away."""
