"""Emulation: points and ranks, rules and their trial, publishing, papers."""

from views.emulation.blueprint import blueprint
from views.emulation.publishing import drift, publish
from views.emulation.reading import index, show
from views.emulation.rules import adopt, rules, simulate
from views.emulation.sheet import download

__all__ = ["adopt", "blueprint", "download", "drift", "index", "publish", "rules", "show", "simulate"]
