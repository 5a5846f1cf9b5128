"""From names to substances: vocabulary, tables, normalised spellings, magnesium salts."""
