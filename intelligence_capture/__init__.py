"""Business interviews in, a database one can trust and ask out."""
