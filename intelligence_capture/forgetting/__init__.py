"""Forgetting one interview: what tells its words from all others, where they may stand, and files without them."""
