"""The forms on screen: they know the method's words and nothing of where answers are kept."""
