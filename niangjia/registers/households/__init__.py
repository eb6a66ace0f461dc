"""Households (家庭): who lives with a member, how they are related, which school the children go to; on every day."""
