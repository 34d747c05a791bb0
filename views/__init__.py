"""The web: one Blueprint a noun, named ``blueprint`` in its module."""

BLUEPRINTS = (
    "account", "activity", "attachment", "board", "chase_letter", "consolidation", "draft", "emulation", "health", "holiday",
    "home", "inspection", "leadership", "paper", "plan", "programme", "questionnaire", "reminder", "reorganisation",
    "report", "requirement", "result", "review", "session", "sheet", "style", "submission", "survey",
    "survey_file", "tally", "unit",
)
