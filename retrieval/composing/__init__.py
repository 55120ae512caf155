"""Answers put together from quotations, by the shape of the question; no word of their own facts."""
