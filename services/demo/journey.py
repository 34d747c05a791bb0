"""Taking a demonstration plan or report through the real workflow, at the moments it would have happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.permission import Viewer
from models.submission import Submission
from models.workflow import Status
from services.demo.story import Fate, working_hour
from services.demo.words import RETURN_REASONS
from services.submission import FrozenContent, accept, return_for_completion, start_review, submit, withdraw

Freeze = Callable[[datetime], FrozenContent]


@dataclass(frozen=True)
class Actors:
    """Who writes and who reviews; None is nobody with an account."""

    writer: Viewer | None
    reviewer: Viewer | None


def travel(session: Session, submission: Submission, fate: Fate, freeze: Freeze, *, sent_on: date, actors: Actors,
           part: str, random: Random) -> None:
    """Take ``submission`` to its ``fate``, starting with a submission on ``sent_on``. Does not commit."""
    if fate.status in (None, Status.DRAFT):
        return
    sent = working_hour(start_of_day(sent_on), random)
    key = f"demo-{submission.id}"
    submit(session, submission, freeze(sent), submit_key=f"{key}-1", viewer=actors.writer, now=sent)
    if fate.status is Status.WITHDRAWN:
        withdraw(session, submission, actors.writer, sent + timedelta(hours=2))
        return
    if fate.status is Status.RETURNED or fate.returned_first:
        seen = working_hour(start_of_day(sent_on + timedelta(days=1)), random)
        start_review(session, submission, actors.reviewer, seen)
        reason = random.choice(RETURN_REASONS)
        return_for_completion(session, submission, [(part, reason)], "", actors.reviewer, seen)
    if fate.returned_first:
        again = working_hour(start_of_day(sent_on + timedelta(days=2)), random)
        submit(session, submission, freeze(again), submit_key=f"{key}-2", viewer=actors.writer, now=again)
        sent = again
    if fate.status is Status.ACCEPTED:
        done = sent + timedelta(hours=random.randint(20, 30))
        start_review(session, submission, actors.reviewer, done - timedelta(minutes=20))
        accept(session, submission, actors.reviewer, done)
