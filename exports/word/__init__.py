"""Documents as DOCX files to go on writing in: the same parts as on paper, with Word's own styles and tables."""

from exports.word.writer import write_word

__all__ = ["write_word"]
