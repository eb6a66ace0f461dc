"""The cover rate (建会率): how many employers at work have a union, counted from their rows."""
