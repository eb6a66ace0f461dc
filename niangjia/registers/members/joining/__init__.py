"""Joining (入会): applied for on a phone, approved by the union that was asked, never a second membership."""
