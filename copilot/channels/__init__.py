"""The ways in and out: one room each. Shapes of a chat service's payloads stay inside its own room."""
