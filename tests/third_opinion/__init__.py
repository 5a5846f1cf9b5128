"""A third opinion: pages and profiles read naively, by code that shares nothing with the engine."""
