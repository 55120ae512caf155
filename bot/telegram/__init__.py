"""The Telegram channel: updates become messages of the conversation, replies become calls."""
