"""Vectors of passages, kept by Chroma in a folder or on a server."""
