"""Pages of cases that a line of work does not write itself: it declares a `Line`, and its addresses are `urls_of(LINE)`."""
