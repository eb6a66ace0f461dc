"""Staying and leaving (会籍变动): kept on, left by own wish, an exit that is proposed and never silent, a death; and the way back."""
