"""What is said in which order and in which voice? Every rendering is made from this."""
