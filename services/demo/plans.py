"""Plans of demonstration units."""

from datetime import date, timedelta
from random import Random

from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.plan import PlanBudget, PlanItem, SectionText
from models.requirement import Obligation, Requirement
from models.submission import ALL_PARTS, Submission
from queries.plan import get_proposals
from queries.submission import get_submission_line
from services.demo.journey import Actors, travel
from services.demo.story import Fate
from services.demo.vocabulary import Vocabulary
from services.demo.words import COSTS, QUANTITIES, TITLES, WEIGHTS
from services.plan import freeze_plan
from services.submission import DocumentFields, ensure_submission, set_document


def add_plan(session: Session, obligation: Obligation, requirement: Requirement, symbol: str, fate: Fate,
             words: Vocabulary, actors: Actors, random: Random) -> None:
    """Write a unit's plan and take it to its fate. Does not commit."""
    if fate.status is None:
        return
    sent_on = requirement.due_on + timedelta(days=fate.late_days) if fate.late_days \
        else requirement.due_on - timedelta(days=random.randint(0, 9))
    began = start_of_day(sent_on - timedelta(days=4)) + timedelta(hours=9)
    submission = ensure_submission(session, obligation.id, began, actors.writer)
    for position, code in enumerate(_media(words, random), start=1):
        session.add(_item(submission, position, code, words, random))
    _write_texts(session, submission, obligation, words, sent_on)
    number = f"{random.randint(5, 60):02d}/KH-{symbol}"
    set_document(submission, DocumentFields(number, sent_on, "", "", ""))
    session.flush()
    travel(session, submission, fate, lambda now: freeze_plan(session, submission, now.date()), sent_on=sent_on,
           actors=actors, part="section:I.1" if fate.returned_first else ALL_PARTS, random=random)


def _write_texts(session: Session, submission: Submission, obligation: Obligation, words: Vocabulary,
                 on: date) -> None:
    """Take over what the portal proposes under each heading."""
    line = get_submission_line(session, obligation.id, on)
    assert line is not None
    proposals = get_proposals(session, line)
    session.add_all(
        SectionText(submission_id=submission.id, section_id=section_id, text=proposals[code])
        for code, section_id in words.plan_sections.items() if code in proposals)


def _media(words: Vocabulary, random: Random) -> list[str]:
    """Five to eight different media, the common ones more often."""
    pool = [code for code in WEIGHTS if code in words.media]
    wanted = random.randint(5, 8)
    chosen: list[str] = []
    while len(chosen) < wanted:
        code = random.choices(pool, [WEIGHTS[code] for code in pool])[0]
        if code not in chosen:
            chosen.append(code)
    return chosen


def _item(submission: Submission, position: int, code: str, words: Vocabulary,
          random: Random) -> PlanItem:
    """One planned item."""
    start = date(words.year, random.randint(3, 6), 1)
    low, high = QUANTITIES.get(code, (2, 12))
    item = PlanItem(
        submission_id=submission.id, position=position, title=TITLES[code][0], medium_id=words.media[code],
        quantity=random.randint(low, high), starts_on=start, ends_on=date(words.year, random.randint(9, 11), 28),
        lead=random.choice(("Ban giám hiệu", "Tổ văn phòng", "Bộ phận công nghệ thông tin")),
        partner=random.choice(("Công đoàn", "Đoàn Thanh niên", "Ban đại diện cha mẹ học sinh", "")),
        form_token=f"demo-item-{submission.id}-{position}",
        themes=[words.theme_rows[key] for key in sorted(random.sample(words.themes, k=random.randint(1, 3)))],
        audiences=[words.audience_rows[key] for key in sorted(random.sample(sorted(words.audience_rows)[:5], k=2))],
        budgets=[])
    if code in COSTS:
        low, high = COSTS[code]
        source = random.choice(sorted(words.funding.values()))
        item.budgets.append(PlanBudget(funding_source_id=source, amount=random.randint(low, high) * 1000))
    return item

