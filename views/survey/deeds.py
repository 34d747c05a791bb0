"""What the Office does with a round: close it early, open it again."""

from flask import url_for

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.permission import Action
from models.survey import SurveyRound
from services.survey import close_round, reopen_round
from views.access import requires, viewer
from views.survey.blueprint import blueprint
from views.survey.common import Answer, Step, decide, load_round


@blueprint.route("/<code>/close", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def close(code: str) -> Answer:
    """Close a round before its last day, with a reason."""
    line = load_round(code)
    return decide(Step(
        _("Đóng đợt khảo sát"), line.title,
        _("Sau khi đóng, liên kết và mã QR không nhận trả lời nữa. Phiếu đã nhận giữ nguyên."),
        _("Đã đóng đợt khảo sát."), url_for("survey.show", code=code),
        lambda reason: close_round(db.session, db.session.get_one(SurveyRound, line.id), reason, viewer=viewer(),
                                   now=clock.now())))


@blueprint.route("/<code>/reopen", methods=["GET", "POST"])
@requires(Action.SURVEY_MANAGE)
def reopen(code: str) -> Answer:
    """Open a round again that was closed early, with a reason."""
    line = load_round(code)
    return decide(Step(
        _("Mở lại đợt khảo sát"), line.title,
        _("Đợt nhận trả lời lại đến hết ngày cuối đã đặt. Nếu ngày đó đã qua, sửa ngày sau khi mở lại."),
        _("Đã mở lại đợt khảo sát."), url_for("survey.show", code=code),
        lambda reason: reopen_round(db.session, db.session.get_one(SurveyRound, line.id), reason, viewer=viewer(),
                                    now=clock.now())))
