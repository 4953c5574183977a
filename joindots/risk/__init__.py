"""Instruments as data, answers, a person's judgement, and its review."""
