"""What is true when two records become one: what may be picked, how memberships are joined, what rules it out. Pure."""
