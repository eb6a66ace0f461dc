"""Answers kept for all who ask the same (答复库): dated, with their source, read by a second person before they count."""
