"""The style page: every component in every state, on sample data (look.md)."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.tokens import LIGHT, colours
from forms.style import StyleFigureForm, StyleForm
from views import style_chart, style_sample
from views.access import public

blueprint = Blueprint("style", __name__)


@blueprint.route("/style", methods=["GET", "POST"])
@public
def show() -> tuple[str, int] | Response:
    """Show the components; a post shows the form with its errors and stores nothing."""
    form = StyleForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        return redirect(url_for("style.show"), 303)
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
    return render_template("style/index.html", form=form, **samples), 422 if request.method == "POST" else 200
