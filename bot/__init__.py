"""The edge: the conversation, its channels, the command line, and the wiring of it all."""
