"""Names of people as they are written in one field."""


def split_name(name: str) -> tuple[str, str]:
    """Return given and family name: the last word is the family's; a single word is a given name."""
    given, _space, family = " ".join(name.split()).rpartition(" ")
    return (given, family) if given else (family, "")
