"""Statements of xAPI 1.0.3 in a profile of our own, described in docs/xapi.md."""
