"""Documents in: any file becomes a clean tree of citable passages, kept and versioned."""
