"""The web: one Blueprint a noun, named ``blueprint`` in its module."""

BLUEPRINTS = (
    "account", "activity", "attachment", "board", "consolidation", "draft", "health", "home", "leadership",
    "paper", "plan", "programme", "questionnaire", "report", "requirement", "result", "review", "session",
    "sheet", "style", "submission", "survey", "tally", "unit",
)
