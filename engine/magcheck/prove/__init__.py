"""Theorems over every person, not over samples: pages and facts as formulas, a solver, and the profile that breaks one."""
