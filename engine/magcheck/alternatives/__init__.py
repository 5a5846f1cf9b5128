"""Which single change would change the verdict?"""
