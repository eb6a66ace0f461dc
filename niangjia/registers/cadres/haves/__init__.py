"""The four haves (四有): whether a union has people, money, a room and rules of its own."""
