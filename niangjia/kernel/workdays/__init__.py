"""The desk's calendar (放假安排): days off and make-up days year by year, and bringing in the next notice."""
