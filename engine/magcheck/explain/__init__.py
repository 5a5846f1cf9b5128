"""Why does a report say what it says, and what is different in another one?"""
