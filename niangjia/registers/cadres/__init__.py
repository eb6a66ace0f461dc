"""Cadres of the unions: who holds which post, whom she serves; what unions lack; what a chair hands over."""
