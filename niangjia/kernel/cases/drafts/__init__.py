"""Forms of moves, declared as plain values; what somebody has written so far; two people changing one record."""
