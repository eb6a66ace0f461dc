"""Requests (诉求): one door to ask, complain, suggest, and call for help; closed when who asked agrees."""
