"""Reference tables of national standards: each row with its source and the days from and to which it holds."""
