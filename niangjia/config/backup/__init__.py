"""Backups that are proved: the database to the second, files, anchors and keys, each where it belongs."""
