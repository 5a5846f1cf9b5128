"""Is there a day that keeps every gap?"""
