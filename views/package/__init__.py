"""Packages: asking for all papers of a requirement in one file, seeing how far it is, fetching it."""

from views.package.blueprint import blueprint
from views.package.page import ask_for, show, state, stop
from views.package.sending import download

__all__ = ["ask_for", "blueprint", "download", "show", "state", "stop"]
