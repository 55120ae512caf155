"""From marks on a page to lines, columns, tables and paragraphs: pure geometry, no file formats."""
