"""Reorganisations (组织调整): unions merged, moved, split and dissolved by plan, tried out first, approved by another person."""
