"""Decisions that reorganise units."""

from views.reorganisation import carry_out, decision, step, then
from views.reorganisation.blueprint import blueprint

__all__ = ["blueprint", "carry_out", "decision", "step", "then"]
