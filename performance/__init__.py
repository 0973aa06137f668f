"""The framework's rules in plain Python: no input, no output, no database, no Streamlit."""
