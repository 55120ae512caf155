"""Exports of the outcome log: the same sheets in every form; only `workbook` writes XLSX."""
