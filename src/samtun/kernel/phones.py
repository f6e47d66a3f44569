"""Telephone numbers as one text: E.164 inside, grouped in pairs for people."""

import re

_LOOSE = re.compile(r"[\s().\-\u00a0]+")


def tidy(text: str) -> str:
    """Return a Norwegian or international number as E.164 (`+4790000001`); empty when it cannot be one."""
    digits = _LOOSE.sub("", text.strip())
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"\d{8}", digits):
        digits = "+47" + digits
    if re.fullmatch(r"47\d{8}", digits):
        digits = "+" + digits
    if re.fullmatch(r"\+47\d{8}", digits) or (
        not digits.startswith("+47") and re.fullmatch(r"\+[1-9]\d{6,14}", digits)
    ):
        return digits
    return ""


def takes_texts(e164: str) -> bool | None:
    """Return whether the number is a mobile's by the Norwegian plan: it begins with 4 or 9. None for foreign ones."""
    return e164[3] in "49" if re.fullmatch(r"\+47\d{8}", e164) else None


def spoken(e164: str) -> str:
    """Return the number as it is read aloud: `57 00 11 22`; foreign numbers unchanged."""
    if re.fullmatch(r"\+47\d{8}", e164):
        d = e164[3:]
        return f"{d[:2]} {d[2:4]} {d[4:6]} {d[6:]}"
    return e164
