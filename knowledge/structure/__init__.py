"""From blocks to the normal form: headings, joined lines, tables, notes; pure rules, no files."""
