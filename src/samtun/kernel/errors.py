"""What is refused with a sentence for a person, saying what to do; and what is out of somebody's sight.

A view shows a `Refused` where it was typed. `NotYours` is no `Refused`: it looks like what does not exist, everywhere.
"""


class _Sentence(Exception):
    """Something was not done."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip().splitlines()[0])

    @property
    def message(self) -> str:
        """The sentence to show."""
        return str(self.args[0])


class Refused(_Sentence):
    """This cannot be done now. Nothing is lost; go back and try again."""


class NotYours(_Sentence):
    """There is nothing here."""


class OutsideScope(RuntimeError):
    """Programming error: reading or writing a municipality's data with no scope open."""
