"""Files in: workbook, CSV, boundary file, recipe -> values and a list of problems. No database, no Streamlit."""
