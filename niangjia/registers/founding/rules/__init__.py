"""What is true about setting up a union: who may ask, which forms there are, what an election needs, the table. Pure."""
