"""Writing that spans nouns. Services change the session and leave the commit to their caller."""
