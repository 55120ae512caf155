"""The markup of module files: front matter, blocks with attributes, options, escapes."""
