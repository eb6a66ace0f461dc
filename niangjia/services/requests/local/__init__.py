"""Topics that a place adds to the national ones (地方事由): from a day on, to a last day, offered by phone and desk alike."""
