"""Actions on more rows than one transaction takes (批量办理): in the background, in chunks, as whoever began them."""
