"""Cases (办件): every procedure of a union is one, and goes by a table of moves."""
