"""What ships with the core: councils, frameworks, methods, published results."""
