"""The desk of those who let programs in: keys, and how a program asks."""
