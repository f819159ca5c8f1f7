"""Measurements of the whole pipeline; what they found stands in docs/benchmarks.md."""
