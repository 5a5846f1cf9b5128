"""The command line: reads a profile, asks what is missing, renders the report."""
