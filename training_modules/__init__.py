"""Micro-modules, spaced review, and the record of what was learned."""
