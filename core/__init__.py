"""Plumbing that knows no education word: settings, clock, days, numbers, text, tokens, charts."""
