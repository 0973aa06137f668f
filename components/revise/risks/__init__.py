"""The risk register: listed, on its matrix, and each risk."""
