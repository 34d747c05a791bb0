"""What is wrong with an expression, said to the person who wrote it."""

from core.translation import _


class ExpressionError(ValueError):
    """An expression cannot be understood; its text is a sentence, ``position`` the sign at fault, from 1."""

    def __init__(self, message: str, position: int) -> None:
        """Take a sentence already translated."""
        super().__init__(message)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        """The sentence, with the place."""
        return _("%(message)s (ký tự thứ %(position)s)", message=self.message, position=self.position)


__all__ = ["ExpressionError"]
