"""The report as one page to print or to send."""
