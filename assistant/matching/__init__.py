"""Matching: understood question + ranking + catalogue -> weighed records with reasons."""
