"""How well the guide understands people it has never met: held-out lines through the real chat channel."""
