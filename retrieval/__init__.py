"""Answers out: the index, the search, and answers whose every sentence has its place."""
