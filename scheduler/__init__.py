"""When: what is due for whom, delivered once."""
