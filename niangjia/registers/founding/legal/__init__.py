"""Unions as legal persons (工会法人资格): registered, changed within thirty days, renewed with each election, cancelled."""
