"""The verbs people perform, one module a stage. Each is one transaction by one author, with permission asked inside."""
