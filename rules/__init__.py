"""Rule pages, vocabulary and sources: the knowledge of magcheck."""
