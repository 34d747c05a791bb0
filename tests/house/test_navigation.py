"""Every page can be found by following links; what the pages say and ask is tried in tests/views/test_every_page."""

import pytest
from flask import Flask

from tests.support.client import PageClient
from tests.support.database import Databases
from tests.support.province import USERNAMES, Province
from tests.support.site import endpoint_of
from tests.support.walk import english_walk

ONLY_BY_OTHER_WAYS = {
    "static", "health.healthz", "account.slips", "account.slips_paper", "style.show", "attachment.show",
    "attachment.preview",
    "sheet.show", "sheet.worker", "sheet.show_by_code", "sheet.decline", "sheet.thank",  # from a QR code or a link
    "programme.difference", "survey.reopen", "survey.exclude", "survey.include", "survey.restore",
    # no second year, no round closed by hand, no odd sheet, no unit withdrawn here
    "chase_letter.show", "chase_letter.download", "announcement.file",
    "emulation.simulate", "emulation.drift",  # after values were typed, after a year was published
    "commendation.edit_text", "commendation.opinion", "good_model.photo",  # of another proposal; see test_commendation
    "questionnaire.about", "questionnaire.new_section", "questionnaire.edit_section", "questionnaire.choose_kind",
    "questionnaire.new_question", "questionnaire.edit_question",
    "package.state", "package.download",  # nobody asked for a package here
    "signed_copy.show", "signed_copy.take_off", "signed_copy.call_back",  # nothing was signed or issued here
    "reorganisation.show", "reorganisation.edit", "reorganisation.preview", "reorganisation.add", "reorganisation.file",
    "reorganisation.download", "reorganisation.sample",  # the demonstration has no decision; see tests/browser
}
"""Addresses that no link leads to here: they are for machines or developers, follow on a form that was sent, or show
a file that the demonstration does not have (the browser journeys send one), or are the forms of a questionnaire's
draft, of which the demonstration has none."""


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # links are the same on either
def test_every_page_can_be_found_by_somebody(
        client: PageClient, app: Flask, province: Province, databases: Databases) -> None:
    found = {endpoint_of(app, "/login"), endpoint_of(app, "/")}
    for username in USERNAMES:
        found |= set(english_walk(client, app, username, databases.shared).endpoints)
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert pages - found - ONLY_BY_OTHER_WAYS == set()
