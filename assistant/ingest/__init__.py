"""Corpus to passages: loaders, passages, catalogue."""
