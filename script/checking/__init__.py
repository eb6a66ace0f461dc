"""The checks behind `script/check`: each one says in a line that all is well, or what is wrong, why, and what next."""
