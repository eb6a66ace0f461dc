"""What is true about elections: who may stand, when a meeting is valid, who is elected, and the table of the procedure. Pure."""
