"""The web: one Blueprint a noun, named ``blueprint`` in its module."""

BLUEPRINTS = (
    "account", "activity", "attachment", "board", "consolidation", "draft", "health", "home", "leadership", "plan",
    "programme", "report", "requirement", "review", "session", "sheet", "style", "submission", "tally", "unit",
)
