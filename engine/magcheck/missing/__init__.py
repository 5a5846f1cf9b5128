"""What an unknown answer could become."""
