"""Handing over (交接): what a chair who leaves hands to the one who comes, ticked by both."""
