"""What is true about leaving: the tables of a leave and of a proposed exit. Pure."""
