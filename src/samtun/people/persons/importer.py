"""Persons from a spreadsheet."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from samtun.foundation.imports import cells, registry
from samtun.foundation.imports.registry import Column, Importer, Known, Outcome, Row, Said, Trace, fold
from samtun.foundation.models import Owner
from samtun.foundation.uses import uses_of
from samtun.foundation.viewer import Viewer
from samtun.kernel.phones import spoken, takes_texts
from samtun.people.persons import actions
from samtun.people.persons.models import KnownTo, Person
from samtun.people.persons.queries import folded_name, kept_of
from samtun.people.persons.rules import may_register
from samtun.people.places.queries import villages

WHOLE = "whole_name"


COLUMNS = (
    Column("given_name", _("First name"), ("fornavn", "førenamn", "fornamn", "førenavn", "firstname"), cells.name),
    Column("family_name", _("Family name"), ("etternavn", "etternamn", "slektsnavn", "slektsnamn", "lastname",
           "familyname"), cells.name),
    Column(WHOLE, _("Whole name"), ("navn", "namn", "name", "fulltnavn", "fulltnamn", "heltnavn"), cells.name),
    Column("phone", _("Mobile or only number"), ("mobil", "mobiltelefon", "mobilnr", "mobilnummer", "mobile",
           "telefonmobil", "tlfmobil", "mobtlf", "mob", "telefon", "tlf", "tlfnr", "telefonnr", "telefonnummer",
           "phone"), cells.phone),
    Column("landline", _("Landline or second number"), ("fasttelefon", "hustelefon", "hjemmetelefon",
           "heimetelefon", "telefonprivat", "tlfprivat", "privattlf", "privattelefon", "tlfhjem", "tlfheim",
           "telefonarbeid", "tlfarbeid", "tlf2", "telefon2", "telefon", "tlf", "tlfnr", "telefonnr", "telefonnummer",
           "phone"), cells.phone),
    Column("email", _("E-mail"), ("epost", "email", "epostadresse", "mail", "emailadresse", "mailadresse"),
           cells.email),
    Column("birth_year", _("Year of birth"), ("fødselsår", "fødtår", "født", "fødd", "fødselsdato", "fødeår", "fdato",
           "birthyear"), cells.birth_year),
    Column("address", _("Address"), ("adresse", "gateadresse", "bostedsadresse", "bustadadresse", "address", "veg",
           "gate", "postadresse"), cells.text(120)),
    Column("village", _("Part of the municipality"), ("grend", "bygd", "krets", "bygdelag", "stad", "sted", "område",
           "village", "bosted", "bustad"), cells.one_of("villages")),
    Column("language", _("What we write in"), ("målform", "språk", "mål", "language", "skriftspråk"), cells.language),
)  # fmt: skip


def _known(viewer: Viewer, on: dt.date) -> Known:
    found = list(villages())
    words = ", ".join(v.name for v in found)
    return {"year": on.year, "villages": {fold(v.name): v for v in found}, "villages_words": words}


def _missing(chosen: set[str]) -> Said | None:
    if not chosen & {"given_name", WHOLE}:
        return Said(gettext_noop("Say which column holds the first name, or the whole name."))
    if {"given_name", WHOLE} <= chosen or {"family_name", WHOLE} <= chosen:
        return Said(gettext_noop("Choose either the whole name, or first and family name, not both."))
    if not chosen & {"phone", "landline", "email", "address"}:
        return Said(gettext_noop("Say which column tells how to reach them: telephone, e-mail or address."))
    return None


def _check(facts: dict[str, Any]) -> list[Said]:
    """Put the name and the number where they belong, and say what a person cannot be without."""
    if whole := facts.pop(WHOLE, ""):
        facts["given_name"], facts["family_name"] = cells.given_and_family(whole)
    _one_number(facts)
    said = []
    if not facts.get("given_name"):
        said.append(Said(gettext_noop("The name is missing.")))
    if not any(facts.get(way) for way in ("phone", "email", "address")):
        said.append(Said(gettext_noop("There is no telephone, e-mail or address: nobody could reach them.")))
    return said


def _one_number(facts: dict[str, Any]) -> None:
    """Let the number that takes texts be first; the other is `other_phone`, to ring.

    What the number itself tells goes before what its column is called; a foreign number is as its column says.
    """
    given = [(n, key == "phone") for key in ("phone", "landline") if (n := facts.pop(key, ""))]
    told = {n: in_mobiles if takes_texts(n) is None else bool(takes_texts(n)) for n, in_mobiles in given}
    if not told:
        return
    chosen = next((n for n, texts in told.items() if texts), given[0][0])
    facts["phone"] = chosen
    facts["phone_kind"] = Person.Reached.MOBILE if told[chosen] else Person.Reached.LANDLINE
    if others := [n for n in told if n != chosen]:
        facts["other_phone"] = others[0]


def _same_as(facts: dict[str, Any]) -> str:
    reached = next((facts[way] for way in ("phone", "email", "address") if facts.get(way)), "")
    name = folded_name(facts.get("given_name", ""), facts.get("family_name", ""))
    return "|".join((name, fold(reached), str(facts.get("birth_year", ""))))


def _name_of(facts: dict[str, Any]) -> str:
    return f"{facts.get('given_name', '')} {facts.get('family_name', '')}".strip()


def _take(rows: Sequence[Row], owner: Owner, by: Viewer, at: dt.datetime) -> list[Outcome]:
    now = kept_of(r.known_as for r in rows if r.known_as)
    incoming = [actions.Incoming(r.facts, now.get(r.known_as) if r.known_as else None) for r in rows]
    taken = actions.take_in(rows=incoming, owner=owner, by=by, at=at)
    return [_outcome(r, i, t) for r, i, t in zip(rows, incoming, taken, strict=True)]


def _outcome(row: Row, incoming: actions.Incoming, taken: actions.Taken) -> Outcome:
    person = taken.person
    if row.has_own_number and incoming.known_as == person.id and _is_another(row.facts, person):
        said = Said(
            gettext_noop(
                "The number in the list was %(name)s last time. Is it somebody else now? Then give a new number."
            ),
            {"name": person.full_name},
        )
        return Outcome(row.number, "wrong", person.id, (said,))
    made: dict[str, Any] = {}
    if taken.is_new:
        made = {"person": "made"}
    elif not taken.was_known:
        made = {"person": "met"}
    if taken.filled:
        made["filled"] = {k: str(getattr(v, "id", v)) for k, v in taken.filled.items()}
    left_out = _left_out(row.facts, person)
    if not taken.was_known:
        return Outcome(row.number, "new", person.id, left_out, made)
    if taken.filled:
        fills = Said(gettext_noop("Fills in what was empty."))
        return Outcome(row.number, "filled", person.id, (fills, *left_out), made)
    return Outcome(row.number, "known", person.id, (*_differences(row.facts, person), *left_out))


def _left_out(facts: dict[str, Any], person: Person) -> tuple[Said, ...]:
    """Say which number is not kept, when the one beside it stands here and there is no room for more."""
    given = _numbers(facts)
    left = [n for n in given if n not in person.numbers]
    if not left or left == given:
        return ()
    text = gettext_noop("%(phone)s is left out: two other numbers stand here already.")
    return (Said(text, {"phone": spoken(left[0])}),)


def _numbers(facts: dict[str, Any]) -> list[str]:
    return [number for number in (facts.get("phone"), facts.get("other_phone")) if number]


def _is_another(facts: dict[str, Any], person: Person) -> bool:
    same_name = _name_of(facts).casefold() == person.full_name.casefold()
    given = _numbers(facts)
    return not same_name and set(person.numbers).isdisjoint(given) and bool(given or person.phone)


def _differences(facts: dict[str, Any], person: Person) -> list[Said]:
    """Say that what stands is kept where the list says something else; what, is on the person's own page."""
    asked = ("email", "address") if not person.address_protected else ("email",)
    differ = [k for k in asked if facts.get(k) and getattr(person, k) != facts[k]]
    given = _numbers(facts)
    if given and set(person.numbers).isdisjoint(given):
        differ.append("phone")
    return (
        [Said(gettext_noop("The list says something else than what stands here. What stands is kept."))]
        if differ
        else []
    )


def _split(traces: Sequence[Trace]) -> tuple[list[Trace], list[Trace], list[Trace]]:
    made = [t for t in traces if t.made.get("person") == "made"]
    met = [t for t in traces if t.made.get("person") == "met"]
    return made, met, [t for t in traces if t.made.get("filled") and t.made.get("person") != "made"]


def _used(traces: Sequence[Trace], owner: Owner) -> dict[int, list[str]]:
    """Return what has been done since with the persons a run wrote down, by row."""
    made, met, filled = _split(traces)
    found: dict[int, list[str]] = defaultdict(list)
    everywhere = uses_of(Person, [t.ref for t in made], kind="person", but=(KnownTo,))
    here = uses_of(Person, [t.ref for t in met], kind="person", but=(KnownTo,), owner=owner)
    for traces_of, uses in ((made, everywhere), (met, here)):
        for trace in traces_of:
            found[trace.number] += sorted(uses.get(trace.ref, ()))
    _note(found, made, _changed([t.ref for t in made]))
    elsewhere = KnownTo.objects.filter(person__in=[t.ref for t in made]).exclude(owner=owner)
    _note(found, made, set(elsewhere.values_list("person_id", flat=True)))
    now = {p.id: p for p in Person.objects.filter(id__in=[t.ref for t in filled])}
    _note(found, filled, {t.ref for t in filled if not _still(now.get(t.ref), t.made["filled"])})
    return {number: what for number, what in found.items() if what}


def _note(found: dict[int, list[str]], traces: Sequence[Trace], ids: set[uuid.UUID]) -> None:
    for trace in traces:
        if trace.ref in ids and "changed" not in found[trace.number]:
            found[trace.number].append("changed")


def _changed(ids: list[uuid.UUID]) -> set[uuid.UUID]:
    rows = Person.objects.filter(id__in=ids).values_list(
        "id", "version", "do_not_contact", "address_protected", "merged_into"
    )
    return {row[0] for row in rows if row[1] != 1 or any(row[2:])}


def _still(person: Person | None, filled: dict[str, str]) -> bool:
    if person is None:
        return False
    return all(str(getattr(person, "village_id" if k == "village" else k)) == v for k, v in filled.items())


def _undo(traces: Sequence[Trace], owner: Owner, by: Viewer, at: dt.datetime) -> None:
    made, met, filled = _split(traces)
    actions.take_out_again(
        made=[t.ref for t in made], met=[t.ref for t in met], filled={t.ref: t.made["filled"] for t in filled},
        owner=owner, by=by, at=at,
    )  # fmt: skip


registry.register(
    Importer(
        key="persons", kind="person", title=_("People"),
        lead=_("Those you know: name, how to reach them, where they live."),
        columns=COLUMNS, may=lambda viewer: may_register(viewer) and bool(viewer.owners), known=_known,
        missing=_missing, check=_check, same_as=_same_as, name_of=_name_of, take=_take, used=_used, undo=_undo,
        back="persons", order=20,
    )
)  # fmt: skip
