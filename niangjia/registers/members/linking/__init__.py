"""Whether two records are of one person (同一人识别): found in bulk in a file, and for one newcomer in the register."""
