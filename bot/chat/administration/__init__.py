"""Administration: documents, gaps, trainees, modules, exports, reports, administrators."""

from bot.chat.administration.entrance import COMMANDS, received, tapped, written

__all__ = ["COMMANDS", "received", "tapped", "written"]
