"""What is true of two records of members: how alike they are, what that weighs, and what makes them two people for sure."""
