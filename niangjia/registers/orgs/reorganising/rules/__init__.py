"""What is true of reorganisations: what they are, which are possible, and how one goes through."""
