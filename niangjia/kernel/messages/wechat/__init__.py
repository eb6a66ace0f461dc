"""WeChat (微信): an official account that tells people that a message is there, and whose WeChat is whose."""
