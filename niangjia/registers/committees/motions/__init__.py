"""Motions (延期、罢免): more time for a term by approval of the union above; a recall by more than half of all members."""
