"""What the pages of agreements show, ready to print."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtun.anchoring.agreements.enums import Because, Form, How, Meets, Often, Says, Sort, State, VersionState
from samtun.anchoring.agreements.models import Agreement, Answer, Evaluation, Party, PartyWord, Version
from samtun.anchoring.agreements.queries import Who, duties_of
from samtun.anchoring.agreements.queries.agreements import state_words
from samtun.anchoring.agreements.rules import compare, is_overdue, standing

COLORS: dict[str, str] = {
    State.BEING_MADE: "info", State.STANDS: "success", State.ENDED: "neutral", State.TAKEN_OVER: "neutral",
}  # fmt: skip
SORTS: dict[str, str | Promise] = {
    Sort.TEXT: gettext_lazy("A joint text"),
    Sort.RHYTHM: gettext_lazy("How often you keep in touch"),
    Sort.ENDING: gettext_lazy("That it ends"),
    Sort.TAKE_OVER: gettext_lazy("That another goes on with it"),
}
VERSIONS: dict[str, tuple[str | Promise, str]] = {
    VersionState.WAITING: (gettext_lazy("Waits for answers"), "warning"),
    VersionState.OBJECTED: (gettext_lazy("Somebody has another view"), "warning"),
    VersionState.STANDING: (gettext_lazy("All have said yes"), "success"),
    VersionState.PAST: (gettext_lazy("Stood before"), "neutral"),
    VersionState.SUPERSEDED: (gettext_lazy("Gave way to a newer one"), "neutral"),
    VersionState.WITHDRAWN: (gettext_lazy("Taken back"), "neutral"),
}
MEETS: dict[str, str | Promise] = {
    Meets.IN_PERSON: gettext_lazy("In person, when we meet"),
    Meets.FIXED: gettext_lazy("Fixed meetings"),
    Meets.TELEPHONE: gettext_lazy("On the telephone"),
    Meets.ONLINE: gettext_lazy("On a screen"),
    Meets.THROUGH_OTHERS: gettext_lazy("Through others"),
}
OFTEN: dict[str, str | Promise] = {
    Often.WEEKLY: gettext_lazy("Every week"),
    Often.MONTHLY: gettext_lazy("Every month"),
    Often.QUARTERLY: gettext_lazy("Every third month"),
    Often.TWICE_A_YEAR: gettext_lazy("Twice a year"),
    Often.YEARLY: gettext_lazy("Once a year"),
    Often.WHEN_NEEDED: gettext_lazy("When one of us needs it"),
}
HOW: dict[str, str | Promise] = {
    How.HERE: gettext_lazy("Here"),
    How.TELEPHONE: gettext_lazy("On the telephone"),
    How.PAPER: gettext_lazy("Signed on paper"),
}
ENDED: dict[str, str | Promise] = {
    Because.AGREED: gettext_lazy("All agreed to end it."),
    Because.STOPPED: gettext_lazy("There are not two left who agree on it."),
    Because.RAN_OUT: gettext_lazy("Its last day has been."),
    Because.TAKEN_OVER: gettext_lazy("One of the parties goes on with it."),
}
FIELDS: dict[str, str | Promise] = {
    "what": gettext_lazy("What you do together"),
    "when": gettext_lazy("When"),
    "arranged": gettext_lazy("What is made ready"),
    "money": gettext_lazy("Money"),
    "follow_up": gettext_lazy("Follow-up"),
    "warning": gettext_lazy("When something is not right"),
    "evaluation": gettext_lazy("Evaluation"),
}


def agreement_row(agreement: Agreement, *, own: Collection[uuid.UUID], on: dt.date) -> dict[str, Any]:
    """Return a line about an agreement: with whom, where it is, and what waits for the viewer's own."""
    parties = standing(list(agreement.parties.all()))
    mine = {party.id for party in parties if party.owner_id in own}
    waiting = getattr(agreement, "waiting", [])
    asked = any(mine - {answer.party_id for answer in version.answers.all()} for version in waiting)
    return {
        "agreement": agreement, "state": state_words(agreement, on=on), "color": color_of(agreement, on=on),
        "parties": ", ".join(party.owner.name for party in parties), "asked": asked,
        "objected": any(version.state == VersionState.OBJECTED for version in waiting),
        "noted": agreement.form == Form.NOTED,
    }  # fmt: skip


def color_of(agreement: Agreement, *, on: dt.date) -> str:
    """Return the colour of the state."""
    return "warning" if is_overdue(agreement, on=on) else COLORS[agreement.state]


def rhythm_words(row: Agreement | Version) -> str:
    """Return how and how often the parties keep in touch; empty when it is not chosen."""
    return f"{MEETS[row.meets]}. {OFTEN[row.often]}." if row.meets and row.often else ""


def said_words(row: Answer | PartyWord) -> str:
    """Return who said it and when; and how, and who wrote it down, when it came in by telephone or on paper."""
    day = date_format(row.said_on, "j. F Y")
    if row.how == How.HERE:
        return _("%(name)s, %(day)s") % {"name": row.said_by, "day": day}
    words = (
        _("%(name)s on the telephone, %(day)s. Written down by %(noted)s.")
        if row.how == How.TELEPHONE
        else _("%(name)s signed on paper, %(day)s. Written down by %(noted)s.")
    )
    return words % {"name": row.said_by, "day": day, "noted": row.noted_by}


def party_row(party: Party, who: Who, *, speaks: bool, answers: bool, notes: bool) -> dict[str, Any]:
    """Return a party with whom to talk with, and what the viewer may do for it."""
    own_said = ""
    if party.said_how in {How.TELEPHONE, How.PAPER}:
        own_said = _("Said by %(name)s. Written down by %(noted)s.") % {"name": party.said_by, "noted": party.noted_by}
    return {
        "party": party, "who": who, "speaks": speaks, "answers": answers, "notes": notes and not speaks,
        "own_said": own_said, "lost_deputy": party.deputy_id is not None and who.deputy is None,
    }  # fmt: skip


def version_row(version: Version, parties: Collection[Party]) -> dict[str, Any]:
    """Return a version with where it is, and what each party says to it."""
    words, color = VERSIONS[version.state]
    answers = {answer.party_id: answer for answer in version.answers.all()}
    return {
        "version": version, "sort": str(SORTS[version.sort]), "state": str(words), "color": color,
        "texts": text_rows(version, parties), "rhythm": rhythm_words(version),
        "answers": [_answer_row(party, answers.get(party.id)) for party in parties],
    }  # fmt: skip


def _answer_row(party: Party, answer: Answer | None) -> dict[str, Any]:
    said = said_words(answer) if answer else ""
    if answer is None:
        return {
            "party": party,
            "key": str(party.id),
            "answer": None,
            "said": "",
            "state": _("Has not answered yet"),
            "color": "neutral",
        }
    is_yes = answer.says == Says.YES
    state, color = (_("Has said yes"), "success") if is_yes else (_("Has another view"), "warning")
    return {"party": party, "key": str(party.id), "answer": answer, "said": said, "state": state, "color": color}


def text_rows(version: Version, parties: Collection[Party]) -> list[tuple[str, str]]:
    """Return the joint text, head and words, in the order it is read; what is empty is left out."""
    if version.sort != Sort.TEXT:
        return []
    does = duties_of(version)
    named = [(_("%(party)s does") % {"party": p.owner.name}, does[p.id]) for p in parties if does.get(p.id)]
    rows = [(str(FIELDS["what"]), version.what), *named]
    rows += [(str(head), getattr(version, name)) for name, head in FIELDS.items() if name != "what"]
    if version.until:
        rows.append((_("Last day"), date_format(version.until, "j. F Y")))
    return [(head, words) for head, words in rows if words]


def beside(old: Version, new: Version, parties: Collection[Party]) -> list[dict[str, Any]]:
    """Return two texts side by side, with what has been changed word for word; what is empty in both is left out."""
    before, after = dict(text_rows(old, parties)), dict(text_rows(new, parties))
    heads = list(after) + [head for head in before if head not in after]
    return [
        {
            "head": head, "old": before.get(head, ""), "new": after.get(head, ""),
            "pieces": compare(before.get(head, ""), after.get(head, "")),
            "same": before.get(head, "") == after.get(head, ""),
        }
        for head in heads
    ]  # fmt: skip


def evaluation_row(evaluation: Evaluation, parties: Collection[Party], speaks: Collection[Party]) -> dict[str, Any]:
    """Return an evaluation with each party's word, and what is still missing."""
    words = {word.party_id: word for word in evaluation.words.all()}
    mine = {party.id for party in speaks}
    said = [
        {"party": p, "word": words.get(p.id), "said": said_words(words[p.id]) if p.id in words else "",
         "speaks": p.id in mine, "key": str(p.id)}
        for p in parties if p.id in words or (evaluation.done_at is None and p.left_at is None)
    ]  # fmt: skip
    owners = {party.owner_id for party in speaks}
    own_comment = any(comment.owner_id in owners for comment in evaluation.comments.all())
    return {"evaluation": evaluation, "words": said, "own_comment": own_comment}
