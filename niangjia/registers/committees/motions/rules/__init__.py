"""The tables of extensions and recalls. Pure."""
