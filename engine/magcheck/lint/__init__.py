"""Is the rule book fit for use?"""
