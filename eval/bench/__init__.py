"""Benchmarks: how long things take on this machine. They print figures and decide nothing."""
