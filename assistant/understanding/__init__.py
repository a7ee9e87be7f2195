"""Reads a question: places, sectors, levels, target groups, intents."""
