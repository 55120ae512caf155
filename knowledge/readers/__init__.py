"""One reader a format: bytes of a file in, a `Source` out; structure is understood elsewhere."""
