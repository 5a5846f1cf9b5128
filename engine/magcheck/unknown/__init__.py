"""What could an answer that is missing become?"""
