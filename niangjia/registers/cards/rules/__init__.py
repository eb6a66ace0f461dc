"""What is true about member cards: numbers, states and moves, what a code says, what a check answers."""
