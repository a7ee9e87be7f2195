"""Judges the assistant on labelled questions: golden sets, runs, measures, report, gate."""
