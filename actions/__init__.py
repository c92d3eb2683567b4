"""Custom actions: thin adapters that read slots, ask the core, utter by name and return events."""
