"""The roster (花名册): a file of members becomes the real-name register, row by row explained, repeatable, undoable."""
