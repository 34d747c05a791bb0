"""Conditions of questionnaires: the part of XLSForm's expression language that the portal understands.

``parse`` turns a text into plain tuples, ``evaluate`` and ``compiled`` answer them, ``dump`` gives them as JSON to
the browser, where ``static/js/expression.js`` answers the same way. A value is a text, a number or a yes or no:

* an answer is a text, '' without one; the codes of a multiple choice are joined by spaces; days are "2023-05-30";
* numbers have 12 decimals and fewer than 31 digits before them, computed exactly and rounded half away from zero;
  what is no number, too large or divided by zero is "not a number", which equals nothing and is neither more nor
  less than anything. A day used as a number is the days since 1970-01-01, so that ``. <= today()`` can be asked;
* a comparison with a yes or no compares yes or no, one with a number compares numbers, others compare texts;
  < <= > >= always compare numbers (XPath 1.0, section 3.4).

``regex()`` is left out on purpose: a pattern from a form could keep the server busy for hours, and Python and
browsers read patterns differently. Limits of length, number and day say what surveys need.
"""

from core.expression.evaluation import Compiled, compiled, evaluate
from core.expression.grammar import (
           FUNCTIONS,
           LONGEST,
           MOST_DEPTH,
           Node,
           asks_current,
           dump,
           parse,
           references,
)
from core.expression.trouble import ExpressionError

__all__ = ["FUNCTIONS", "LONGEST", "MOST_DEPTH", "Compiled", "ExpressionError", "Node", "asks_current", "compiled",
           "dump", "evaluate", "parse", "references"]
