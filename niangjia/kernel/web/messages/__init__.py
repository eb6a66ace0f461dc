"""Messages as pages: the inbox on both faces, how one wants to hear of them, and what did not reach anybody."""
