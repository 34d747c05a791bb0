"""The web: one Blueprint a noun, named ``blueprint`` in its module."""

BLUEPRINTS = (
    "account", "activity", "announcement", "attachment", "board", "chase_letter", "commendation", "consolidation",
    "contact", "criticism", "draft", "emulation", "good_model", "health", "holiday", "home", "inspection",
    "leadership", "narrative", "package", "paper", "plan", "programme", "questionnaire", "reminder",
    "reorganisation", "report", "requirement", "result", "review", "session", "sheet", "signed_copy", "style",
    "submission", "survey", "survey_file", "tally", "unit", "verify",
)
