"""The terminal: ``flask <noun> <verb>``. Each module holds one click group named ``group``."""

GROUPS = (
    "account", "consolidation", "database", "demo", "document", "package", "programme", "reminder", "reorganisation",
    "requirement", "start", "survey", "unit",
)
