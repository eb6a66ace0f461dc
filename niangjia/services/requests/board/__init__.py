"""The board (看板) of requests: how many came, how they went, what is open; rows for who meets them, totals for who may not."""
