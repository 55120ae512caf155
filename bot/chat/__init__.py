"""The rooms of a conversation: asking, joining, lessons, one's own data, administration."""
