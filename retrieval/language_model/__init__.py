"""A language model behind a port; `chat` alone knows LangChain and the OpenAI protocol."""
