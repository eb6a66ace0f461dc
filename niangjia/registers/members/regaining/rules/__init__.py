"""What is true when a confirmed phone is lost: what is filed, who may decide, how long a phone counts as hers. Pure."""
