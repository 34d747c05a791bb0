"""Reading: a session and plain values in, frozen dataclasses out; every list starts from ``scope``."""
