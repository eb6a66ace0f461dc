"""The desk of local parameters (地方参数): what holds here and why, and changes that two people put in force."""
