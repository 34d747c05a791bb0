"""The paper house: blocks of official documents, from the sheet up to the whole paper."""
