"""Theorems over every person, not over samples: pages and facts as formulas, and the profile that breaks one."""
