"""Rasa's default pipeline, trained on the guide's own data, to measure beside it."""
