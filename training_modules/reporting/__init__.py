"""The report that a director puts before a board: one page of HTML, or a workbook."""

from training_modules.reporting.compiling import compile_report
from training_modules.reporting.page import as_html
from training_modules.reporting.report import Report
from training_modules.reporting.workbook import write_workbook

__all__ = ["Report", "as_html", "compile_report", "write_workbook"]
