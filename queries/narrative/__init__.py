"""Reading for the narrative desk: the sentences of a report, and what units wrote under the same headings."""

from queries.narrative.heading import Heading, list_headings
from queries.narrative.sentence import Sentence, Sheet, Source, read_sheets
from queries.narrative.text import (
    PAGE_SIZE,
    STATES,
    EarlierText,
    Place,
    TextList,
    UnitText,
    Wish,
    earlier_text,
    list_places,
    list_texts,
    texts_of_versions,
)

__all__ = [
    "PAGE_SIZE", "STATES", "EarlierText", "Heading", "Place", "Sentence", "Sheet", "Source", "TextList", "UnitText",
    "Wish", "earlier_text", "list_headings", "list_places", "list_texts", "read_sheets", "texts_of_versions",
]
