"""Hotspots (热点): how many requests, where and about what, in groups so large that nobody can be told from them."""
