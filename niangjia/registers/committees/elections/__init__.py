"""Elections (换届选举、补选): prepared by the union, held by its members, approved by the union above."""
