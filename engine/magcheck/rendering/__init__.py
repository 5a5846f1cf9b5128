"""Everything that people read of a report."""
