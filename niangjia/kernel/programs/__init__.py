"""Programs that work for a place: the keys they come with, and what they are told."""
