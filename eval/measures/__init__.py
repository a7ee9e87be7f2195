"""Measures: each turns golden items and what they came to into values per item."""
