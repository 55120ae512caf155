"""Interchange: items out to and in from the question banks of other systems."""
