"""Keys that change (换密钥): a new one seals from now on, what older ones sealed is sealed again, and they go."""
