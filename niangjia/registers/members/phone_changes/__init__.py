"""Another phone than the one its owner confirmed (手机变更提议): she decides, the union that brought it may take it back."""
