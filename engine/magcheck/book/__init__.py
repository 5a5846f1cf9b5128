"""The rule book: how pages and tables are read, and what they may say."""
