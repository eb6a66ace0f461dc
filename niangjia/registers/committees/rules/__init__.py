"""What is true about terms, elections and committees: law in figures, plain values in, decision and reasons out."""
