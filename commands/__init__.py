"""The operator's commands, a module a noun: each function is a command, with its arguments and its help."""
