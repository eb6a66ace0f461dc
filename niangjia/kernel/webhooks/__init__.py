"""What programs of others are told of: signed requests to the addresses that a place has named."""
