"""The employers' door (单位求助，工业110): an employer asks the union above it by its credit code and a proved phone."""
