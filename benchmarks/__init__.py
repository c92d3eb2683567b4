"""Measurements that anyone can run again; each writes a page in docs/."""
