"""Pseudonyms: what names a person is replaced before it is sent to a model, and put back by its place."""
