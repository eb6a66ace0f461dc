"""Terms of office, elections, recalls, and the committees that go with a union."""
