"""What a unit hands in: started, frozen, sent, returned, accepted (product laws 3, 5, 7 and 11).

``models.workflow.move`` changes the status, and nothing but this package calls it. No function commits. Every
step may be repeated: what is already done is left as it is and answered with ``False`` (or the version made).
"""

from services.submission.reviewing import (
    accept,
    ask_unlock,
    keep_locked,
    reopen,
    return_for_completion,
    revise,
    sign_off,
    start_review,
    withdraw,
)
from services.submission.rules import DocumentFields, FrozenContent, Problem, SubmissionError, lock
from services.submission.sending import (
    ensure_submission,
    find_version,
    read_document,
    set_document,
    submit,
    touch,
    write_document,
)

__all__ = [
    "DocumentFields", "FrozenContent", "Problem", "SubmissionError", "accept", "ask_unlock",
    "ensure_submission", "find_version", "keep_locked", "lock", "read_document", "reopen",
    "return_for_completion", "revise", "set_document", "sign_off", "start_review", "submit", "touch", "withdraw",
    "write_document",
]
