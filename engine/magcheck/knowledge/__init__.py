"""Rules, wording, questions and sources as models, and how they are loaded."""
