"""Activities and satisfaction tallies of the demonstration province, written in bulk."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from core.text import fold
from models.activity import Activity, ActivityCost, ActivityReach, activity_theme
from models.plan import PlanItem
from models.questionnaire import Questionnaire, SurveyQuestion
from models.requirement import Obligation
from models.submission import Submission
from models.survey import SurveyAnswerCount, SurveyTally
from services.demo.vocabulary import Vocabulary
from services.demo.words import COSTS, HOSTS, OUTLETS, QUANTITIES, REACHES, STAFF_AUDIENCES, TITLES, WEIGHTS

BATCH = 2000
FAVOURED = 14


def add_activities(session: Session, unit_ids: Sequence[int], number: int, words: Vocabulary, until: date,
                   random: Random, favoured: frozenset[int]) -> None:
    """Add ``number`` activities over ``unit_ids``, each unit at least one where they suffice. Does not commit.

    ``favoured`` units, those with accounts, have some more to look at.
    """
    planned = _planned(session)
    busy = [unit_id for unit_id in unit_ids if unit_id in favoured] * FAVOURED
    owners = (busy + list(unit_ids))[:number]
    owners += random.choices(unit_ids, k=number - len(owners))
    media = [code for code in WEIGHTS if code in words.media]
    weights = [WEIGHTS[code] for code in media]
    next_id = (session.scalar(select(func.max(Activity.id))) or 0) + 1
    for start in range(0, len(owners), BATCH):
        rows: dict[str, list[dict[str, Any]]] = {"activity": [], "theme": [], "reach": [], "cost": []}
        for unit_id in owners[start:start + BATCH]:
            code = random.choices(media, weights)[0]
            _add_activity(rows, next_id, unit_id, code, words, planned.get((unit_id, words.media[code])), until, random)
            next_id += 1
        for table, name in ((Activity, "activity"), (activity_theme, "theme"), (ActivityReach, "reach"),
                            (ActivityCost, "cost")):
            if rows[name]:
                session.execute(insert(table), rows[name])
    _number_on(session, Activity)


def _number_on(session: Session, kind: type[Activity | SurveyTally]) -> None:
    """Let PostgreSQL go on numbering behind the rows whose keys were chosen here; SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        last = select(func.max(kind.id)).scalar_subquery()
        session.execute(select(func.setval(func.pg_get_serial_sequence(kind.__tablename__, "id"), last)))


def _planned(session: Session) -> dict[tuple[int, int], int]:
    """A plan item of each unit and medium."""
    rows = session.execute(
        select(Obligation.unit_id, PlanItem.medium_id, func.min(PlanItem.id))
        .join(Submission, Submission.id == PlanItem.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .group_by(Obligation.unit_id, PlanItem.medium_id))
    return {(unit_id, medium_id): item_id for unit_id, medium_id, item_id in rows}


def _add_activity(rows: dict[str, list[dict[str, Any]]], key: int, unit_id: int, code: str, words: Vocabulary,
                  item_id: int | None, until: date, random: Random) -> None:
    """Make one activity with its themes, reach and cost."""
    first = date(words.year - 1, 12, 5)
    day = first + timedelta(days=random.randrange((until - first).days))
    title = random.choice(TITLES[code])
    moment = start_of_day(day) + timedelta(minutes=random.randrange(400, 460))  # before any report of that day
    is_integrated = code == "LONG_GHEP"
    rows["activity"].append({
        "id": key, "unit_id": unit_id, "programme_id": words.programme_id, "medium_id": words.media[code],
        "title": title, "folded": fold(title), "starts_on": day,
        "ends_on": day + timedelta(days=2) if code in ("TAP_HUAN", "CUOC_THI") and random.random() < 0.3 else None,
        "outlet": random.choice(OUTLETS[code]) if code in OUTLETS else "",
        "quantity": random.randint(*QUANTITIES.get(code, (1, 1))), "is_integrated": is_integrated,
        "host_event": random.choice(HOSTS) if is_integrated else "", "link": "", "note": "",
        "plan_item_id": item_id, "form_token": f"demo-activity-{key}", "revision": 1, "created_at": moment,
        "created_by_id": None, "changed_at": moment, "removed_at": None,
    })
    for theme_id in sorted(random.sample(words.themes, k=random.choices((1, 2, 3), (6, 3, 1))[0])):
        rows["theme"].append({"activity_id": key, "theme_id": theme_id})
    if code in REACHES:
        turns = random.randint(*REACHES[code])
        learners = "AUD_NGUOI_HOC" if code in ("LONG_GHEP", "CUOC_THI", "PHAT_THANH") else "AUD_NGUOI_DAN"
        staff = random.choice(STAFF_AUDIENCES)
        rows["reach"].append({"activity_id": key, "audience_id": words.audiences[staff], "turns": turns // 3})
        rows["reach"].append({"activity_id": key, "audience_id": words.audiences[learners],
                              "turns": turns - turns // 3})
    if code in COSTS and random.random() < 0.7:
        source = random.choices(("F1", "F3", "F2"), (3, 6, 1))[0]
        rows["cost"].append({"activity_id": key, "funding_source_id": words.funding[source],
                             "amount": random.randint(*COSTS[code]) * 1000})


def add_tallies(session: Session, unit_ids: Sequence[int], sheets: int, words: Vocabulary,
                questionnaire: Questionnaire, now: datetime, until: date, random: Random,
                favoured: frozenset[int]) -> None:
    """Share ``sheets`` paper sheets out over units as tallies, some units none. Does not commit."""
    questions = session.execute(
        select(SurveyQuestion.id, SurveyQuestion.allows_not_applicable)
        .where(SurveyQuestion.questionnaire_id == questionnaire.id).order_by(SurveyQuestion.position)).all()
    asking = [unit_id for unit_id in unit_ids if random.random() < 0.8 or unit_id in favoured]
    next_id = (session.scalar(select(func.max(SurveyTally.id))) or 0) + 1
    tallies: list[dict[str, Any]] = []
    counts: list[dict[str, Any]] = []
    for place, unit_id in enumerate(asking):
        share = sheets // len(asking) + (1 if place < sheets % len(asking) else 0)
        size = max(share + random.randint(-share // 4, share // 4), 0) if share > 8 else share
        if size == 0:
            continue
        last = until - timedelta(days=random.randrange(3, 60))
        recorded = min(start_of_day(last) + timedelta(hours=7), now)
        tallies.append({
            "id": next_id, "unit_id": unit_id, "programme_id": words.programme_id,
            "questionnaire_id": questionnaire.id, "round_id": None, "collected_from": last - timedelta(days=14),
            "collected_to": last, "sheet_count": size, "note": "", "form_token": f"demo-tally-{next_id}",
            "revision": 1, "created_at": recorded, "created_by_id": None, "changed_at": recorded, "removed_at": None})
        mood = random.uniform(0.55, 0.95)
        counts += [_count(next_id, question_id, size, allows, mood, random) for question_id, allows in questions]
        next_id += 1
    for table, rows in ((SurveyTally, tallies), (SurveyAnswerCount, counts)):
        for start in range(0, len(rows), BATCH * 5):
            session.execute(insert(table), rows[start:start + BATCH * 5])
    _number_on(session, SurveyTally)


def _count(tally_id: int, question_id: int, size: int, allows_not_applicable: bool, mood: float,
           random: Random) -> dict[str, Any]:
    """Answers of ``size`` sheets to one question: about ``mood`` of them satisfied."""
    blank = round(size * random.uniform(0, 0.03))
    other = round(size * random.uniform(0.02, 0.15)) if allows_not_applicable else 0
    valid = size - blank - other
    happy = round(valid * min(max(random.gauss(mood, 0.05), 0.2), 0.99))
    five = round(happy * random.uniform(0.3, 0.6))
    rest = valid - happy
    three = round(rest * random.uniform(0.6, 0.8))
    two = round((rest - three) * random.uniform(0.5, 0.9))
    return {"tally_id": tally_id, "question_id": question_id, "level_1": rest - three - two, "level_2": two,
            "level_3": three, "level_4": happy - five, "level_5": five, "not_applicable": other, "blank": blank}
