"""What the union does for its people, line by line."""
