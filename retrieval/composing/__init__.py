"""Answers put together from quotations, by the shape of the question; no facts of their own."""
