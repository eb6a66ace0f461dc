"""A list of unions (工会名单) becomes the tree: read, decided as a whole, landed in one transaction, undone."""
