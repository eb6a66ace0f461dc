"""Transfers (会籍接转): a union asks for a member of another one, the other end answers, she goes over whole."""
