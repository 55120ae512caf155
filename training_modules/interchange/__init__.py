"""Interchange: modules out to and in from the formats of other systems."""
