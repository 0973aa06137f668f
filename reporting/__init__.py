"""Files out: charts, sentences, Word pages. No Streamlit, no database."""
