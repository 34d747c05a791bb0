"""Accounts: one's own, and those that an administrator looks after."""

from views.account import load, manage, own, secret
from views.account.blueprint import blueprint

__all__ = ["blueprint", "load", "manage", "own", "secret"]
