"""Questionnaires as XLSForm workbooks: read with every fault named, written so that reading gives the same back."""

from services.xlsform.problem import FormProblem, XLSFormError
from services.xlsform.read import XLSForm, read_xlsform
from services.xlsform.write import write_xlsform

__all__ = ["FormProblem", "XLSForm", "XLSFormError", "read_xlsform", "write_xlsform"]
