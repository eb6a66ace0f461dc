"""Unions of workers away from home (驻外农民工工会): who sends them, where they are, what the two unions agreed."""
