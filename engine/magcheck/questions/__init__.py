"""The questionnaire: what may be asked, of whom, in which order, and what an answer becomes."""
