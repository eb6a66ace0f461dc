"""A list of employers from a file (单位名单): read, judged row by row, landed by the register's own services, taken back."""
