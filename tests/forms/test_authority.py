import pytest
from werkzeug.datastructures import MultiDict

from forms.chase_letter import ChaseLetterForm
from forms.consolidation import IssueForm
from forms.plan import PlanDocumentForm
from forms.report import ReportDocumentForm
from models.authority import AUTHORITY_LINES, POSITIONS


@pytest.mark.parametrize(("form", "authority", "position"), [
    (IssueForm, "authority", "position"), (ChaseLetterForm, "authority", "position"),
    (PlanDocumentForm, "signer_authority", "signer_position"),
    (ReportDocumentForm, "signer_authority", "signer_position"),
])
def test_who_signs_may_be_chosen_from_the_lines_of_the_decree_and_typed_freely(
        form: type, authority: str, position: str) -> None:
    shown = form(MultiDict({authority: 'KT. "VIỆN TRƯỞNG"', position: "PHÓ VIỆN TRƯỞNG"}))
    for name, lines in ((authority, AUTHORITY_LINES), (position, POSITIONS)):
        html = str(shown[name](**{"class": "control"}))
        assert html.count("<option ") == len(lines)
        assert all(f'<option value="{line}"></option>' in html for line in lines)
        assert f'list="{name}-list"' in html and f'<datalist id="{name}-list">' in html
    assert "&#34;VIỆN TRƯỞNG&#34;" in str(shown[authority]())
    assert shown[position].data == "PHÓ VIỆN TRƯỞNG"
