"""What is true about joining: the table of an application, trades, who may apply. Pure."""
