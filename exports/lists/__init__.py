"""The columns of the lists, noun by noun: one place to read what each file holds (see exports/list_book.py)."""
