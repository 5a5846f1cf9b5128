"""What every room may use: errors, scales, names of facts, the time of day."""
