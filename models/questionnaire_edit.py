"""Changing the tree of a questionnaire: a new body for each step; nothing here judges whether it is sound."""

from dataclasses import replace
from typing import Any

from models.question import Body, Question, Section


def find_question(body: Body, code: str) -> tuple[int, int] | None:
    """Where a question stands: the place of its section and its place there, from 0; or None."""
    return next(((place, at) for place, section in enumerate(body.sections)
                 for at, question in enumerate(section.questions) if question.code == code), None)


def find_section(body: Body, code: str) -> int | None:
    """The place of a section from 0, or None."""
    return next((place for place, section in enumerate(body.sections) if section.code == code), None)


def taken_codes(body: Body) -> set[str]:
    """Every code that a new question, row or section must differ from."""
    return ({section.code for section in body.sections} | {question.code for question in body.questions()}
            | {name for question in body.questions() for name in question.names})


def put_question(body: Body, question: Question, section: str, replaces: str = "") -> Body:
    """Put a question in place of ``replaces``, or at the end of a section. Raises KeyError for an unknown section."""
    target = find_section(body, section)
    if target is None:
        raise KeyError(section)
    found = find_question(body, replaces) if replaces else None
    if found is not None and found[0] == target:
        questions = list(body.sections[target].questions)
        questions[found[1]] = question
        return _with_questions(body, target, questions)
    if found is not None:
        body = remove_question(body, replaces)[0]
    return _with_questions(body, target, [*body.sections[target].questions, question])


def remove_question(body: Body, code: str) -> tuple[Body, dict[str, Any]]:
    """Take a question out; with the body comes what ``restore`` needs. Raises KeyError."""
    found = find_question(body, code)
    if found is None:
        raise KeyError(code)
    place, at = found
    section = body.sections[place]
    kept = [question for question in section.questions if question.code != code]
    whole = Body(sections=(replace(section, questions=(section.questions[at],)),)).dump()["sections"][0]
    return _with_questions(body, place, kept), {"question": whole, "at": at}


def remove_section(body: Body, code: str) -> tuple[Body, dict[str, Any]]:
    """Take a section out with its questions, as ``remove_question`` does one."""
    place = find_section(body, code)
    if place is None:
        raise KeyError(code)
    sections = list(body.sections)
    whole = Body(sections=(sections.pop(place),)).dump()["sections"][0]
    return replace(body, sections=tuple(sections)), {"section": whole, "at": place}


def restore(body: Body, removed: dict[str, Any]) -> Body:
    """Put back what was taken out, at its place or at the end; what has come back already stays as it is."""
    whole = Body.load({"sections": [removed.get("question") or removed["section"]]}).sections[0]
    sections = list(body.sections)
    place = find_section(body, whole.code)
    if "section" in removed:
        if place is None:
            sections.insert(removed["at"], whole)
        return replace(body, sections=tuple(sections))
    if find_question(body, whole.questions[0].code) is not None:
        return body
    if place is None:
        return replace(body, sections=(*sections, whole))
    questions = list(sections[place].questions)
    questions.insert(removed["at"], whole.questions[0])
    return _with_questions(body, place, questions)


def move_question(body: Body, code: str, step: int) -> Body:
    """Move a question one place up (-1) or down (1), over the edge into the neighbouring section."""
    found = find_question(body, code)
    if found is None:
        return body
    place, at = found
    questions = list(body.sections[place].questions)
    question = questions.pop(at)
    if 0 <= at + step <= len(questions):
        questions.insert(at + step, question)
        return _with_questions(body, place, questions)
    beyond = place + step
    if not 0 <= beyond < len(body.sections):
        return body
    body = _with_questions(body, place, questions)
    others = list(body.sections[beyond].questions)
    others.insert(len(others) if step < 0 else 0, question)
    return _with_questions(body, beyond, others)


def put_section(body: Body, section: Section, replaces: str = "") -> Body:
    """Put a section's code, title and condition in place of ``replaces``, whose questions stay; or at the end."""
    place = find_section(body, replaces) if replaces else None
    if place is None:
        return replace(body, sections=(*body.sections, section))
    sections = list(body.sections)
    sections[place] = replace(section, questions=sections[place].questions)
    return replace(body, sections=tuple(sections))


def move_section(body: Body, code: str, step: int) -> Body:
    """Move a section one place up (-1) or down (1)."""
    place = find_section(body, code)
    if place is None or not 0 <= place + step < len(body.sections):
        return body
    sections = list(body.sections)
    sections.insert(place + step, sections.pop(place))
    return replace(body, sections=tuple(sections))


def _with_questions(body: Body, place: int, questions: list[Question]) -> Body:
    """The body with other questions in one section."""
    sections = list(body.sections)
    sections[place] = replace(sections[place], questions=tuple(questions))
    return replace(body, sections=tuple(sections))


__all__ = ["find_question", "find_section", "move_question", "move_section", "put_question", "put_section",
           "remove_question", "remove_section", "restore", "taken_codes"]
