"""A text that passes through a translation is escaped like any other."""

import pytest
from flask import Flask, render_template_string

HOSTILE = "Trường <script>x()</script> & Phòng GD&ĐT"


@pytest.mark.parametrize(
    "template",
    ['{{ _(name) }}', '{{ _("Trường %(name)s", name=name) }}', "{% trans name=name %}Trường {{ name }}{% endtrans %}"],
)
def test_a_name_is_never_html(app: Flask, template: str) -> None:
    with app.test_request_context():
        shown = render_template_string(template, name=HOSTILE)
    assert "<script>" not in shown
    assert "&lt;script&gt;x()&lt;/script&gt; &amp; Phòng GD&amp;ĐT" in shown
