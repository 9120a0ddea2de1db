"""Extraction without a key, a network or a download, in Spanish and English."""
