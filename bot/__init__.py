"""Adapters between Rasa and the core: how messages come in, what is understood, what is remembered."""
