"""Judges a proposal on analysis, interventions and cooperation, with its own sentences as proof."""
