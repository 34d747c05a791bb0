"""The style page: every component in every state, on sample data (look.md)."""

from flask import Blueprint, render_template, request

from core.tokens import LIGHT, colours
from forms.style import StyleFigureForm, StyleForm
from views import style_chart, style_sample
from views.access import public

blueprint = Blueprint("style", __name__)


@blueprint.route("/style", methods=["GET", "POST"])
@public
def show() -> tuple[str, int]:
    """Show the components; a post shows the form with its errors and stores nothing."""
    form = StyleForm(request.form if request.method == "POST" else None)
    is_good = request.method == "GET" or form.validate()
    samples = {
        "palette": colours(LIGHT),
        "statuses": style_sample.statuses(),
        "facts": style_sample.facts(),
        "tasks": style_sample.tasks(),
        "finished": style_sample.finished(),
        "events": style_sample.events(),
        "sections": style_sample.sections(),
        "chips": style_sample.chips(),
        "figure_groups": style_sample.figure_groups(StyleFigureForm(prefix="figure-")),
        "frozen_groups": style_sample.frozen_groups(),
        "charts": style_chart.charts(400.0),
        "narrow_charts": style_chart.charts(220.0),
        "contested": style_sample.SampleField("title", style_sample.Label(str(form.title.label.text))),
    }
    return render_template("style/index.html", form=form, **samples), 200 if is_good else 422
