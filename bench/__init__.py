"""Measures: every figure stands beside the engine's own limit for the same work, taken in the same run."""
