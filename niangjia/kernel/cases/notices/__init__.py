"""Public notices: what is shown of a case before it is decided, for how many days, and what anybody objects."""
