"""Mail out: a message as every mail program reads it, and how it is handed to the council's server."""
