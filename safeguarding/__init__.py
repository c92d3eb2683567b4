"""The core of the guide in plain Python: what it knows, what is danger, which door is right, what is counted."""
