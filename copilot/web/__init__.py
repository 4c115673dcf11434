"""Pages in a browser: the chat page of the demo, and later the team lead's console."""
