"""Talentwijzer: which regional human capital agenda or initiative to link up with, and where that is written."""
