"""Pages of lists that are taken out: ask, see how far, decide on somebody else's, fetch (导出)."""
