"""From a profile to facts: recognition, kidney, dose, counts, plausibility."""
