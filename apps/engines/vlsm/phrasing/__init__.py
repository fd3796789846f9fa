"""Prompts in many people's words, with the position of every name and number known."""
