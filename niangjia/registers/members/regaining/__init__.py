"""A member who lost the phone that she confirmed gets back in (旧手机丢了): filed at a desk, decided by two above her union."""
