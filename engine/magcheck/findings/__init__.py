"""From matches to findings, and the one place that says what counts."""
