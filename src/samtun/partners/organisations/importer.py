"""Organisations from a spreadsheet, for the municipality's administrator."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from samtun.foundation.imports import cells, registry
from samtun.foundation.imports.registry import BadCell, Column, Importer, Known, Outcome, Row, Said, Trace, fold
from samtun.foundation.models import Owner
from samtun.foundation.uses import uses_of
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import Refused
from samtun.partners.organisations import actions
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.rules import is_number
from samtun.people.places.queries import villages

Kind = Organisation.Kind
KINDS = {
    Kind.ASSOCIATION: ("lag", "forening", "foreining", "lagforening", "association", "frivilligorganisasjon",
                       "organisasjon", "idrettslag", "fli"),
    Kind.CENTRE: ("frivilligsentral", "sentral", "frivillighetssentral", "centre"),
    Kind.UNIT: ("enhet", "eining", "kommunalenhet", "avdeling", "unit", "orgl"),
    Kind.CONGREGATION: ("menighet", "kyrkjelyd", "trossamfunn", "trussamfunn", "kirke", "kyrkje", "congregation"),
    Kind.BUSINESS: ("bedrift", "firma", "verksemd", "virksomhet", "business", "as", "enk"),
}  # fmt: skip


def _kind(cell: str, known: Known) -> Organisation.Kind:
    folded = fold(cell)
    for kind, words in KINDS.items():
        if folded in words or folded == kind.value:
            return kind
    raise BadCell(
        gettext_noop("“%(text)s” is not one of these: %(choices)s."), text=cell[:40],
        choices="lag, frivilligsentral, enhet, menighet, bedrift",
    )  # fmt: skip


def _number(cell: str, known: Known) -> str:
    digits = re.sub(r"\s|^NO|MVA$", "", cell, flags=re.IGNORECASE)
    if not is_number(digits):
        raise BadCell(
            gettext_noop("“%(text)s” is no organisation number: nine digits that fit together."), text=cell[:20]
        )
    return digits


COLUMNS = (
    Column("name", _("Name of the organisation"), ("navn", "namn", "organisasjon", "lag", "forening", "foreining",
           "organisasjonsnavn", "organisasjonsnamn", "name"), cells.text(120)),
    Column("kind", _("What sort of organisation is it?"), ("type", "slag", "art", "organisasjonsform", "orgform",
           "kategori", "kind"), _kind),
    Column("number", _("Organisation number"), ("orgnr", "organisasjonsnummer", "organisasjonsnr", "orgnummer"),
           _number),
    Column("phone", _("Telephone"), ("telefon", "tlf", "mobil", "telefonnummer", "tlfnr", "phone"), cells.phone),
    Column("email", _("E-mail"), ("epost", "email", "epostadresse", "mail"), cells.email),
    Column("village", _("Part of the municipality"), ("grend", "bygd", "krets", "stad", "sted", "område", "village"),
           cells.one_of("villages")),
    Column("hosts_volunteers", _("Has volunteers of its own who may be asked"), ("harfrivillige", "frivillige"),
           cells.tick),
)  # fmt: skip


def _known(viewer: Viewer, on: dt.date) -> Known:
    found = list(villages())
    words = ", ".join(v.name for v in found)
    return {"year": on.year, "villages": {fold(v.name): v for v in found}, "villages_words": words}


def _missing(chosen: set[str]) -> Said | None:
    return None if "name" in chosen else Said(gettext_noop("Say which column holds the name of the organisation."))


def _check(facts: dict[str, Any]) -> list[Said]:
    return [] if facts.get("name") else [Said(gettext_noop("The name is missing."))]


def _take(rows: Sequence[Row], owner: Owner, by: Viewer, at: dt.datetime) -> list[Outcome]:
    stand = list(Organisation.objects.all())
    by_id = {o.id: o for o in stand}
    by_word = {word: o for o in stand for word in (o.number, fold(o.name)) if word}
    outcomes = []
    for row in rows:
        facts = row.facts
        same = by_id.get(row.known_as) if row.known_as else None
        same = same or by_word.get(facts.get("number", "")) or by_word.get(fold(facts["name"]))
        if same is not None:
            outcomes.append(Outcome(row.number, "known", same.id))
            continue
        try:
            made = actions.create_organisation(by=by, at=at, **({"kind": Kind.ASSOCIATION} | facts))
        except Refused as refusal:
            outcomes.append(Outcome(row.number, "wrong", said=(Said(refusal.message),)))
            continue
        by_word |= {word: made for word in (made.number, fold(made.name)) if word}
        outcomes.append(Outcome(row.number, "new", made.id, (), {"owner": str(made.owner_id)}))
    return outcomes


def _used(traces: Sequence[Trace], owner: Owner) -> dict[int, list[str]]:
    """Return what has been done since with the organisations, and with the owners of their rows."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = {o.id: o for o in Organisation.objects.filter(id__in=[t.ref for t in traces])}
    bodies = uses_of(Organisation, list(rows), kind="organisation")
    owners = uses_of(Owner, [o.owner_id for o in rows.values()], kind="owner", but=(Organisation,))
    for trace in traces:
        body = rows.get(trace.ref)
        if body is None:
            found[trace.number].append("changed")
        else:
            found[trace.number] += sorted(bodies.get(body.id, set()) | owners.get(body.owner_id, set()))
    return {number: what for number, what in found.items() if what}


def _undo(traces: Sequence[Trace], owner: Owner, by: Viewer, at: dt.datetime) -> None:
    actions.take_out_again(organisations=[t.ref for t in traces], by=by, at=at)


registry.register(
    Importer(
        key="organisations", kind="organisation", title=_("Organisations"),
        lead=_("Those who take part in the municipality. Who answers for each is said afterwards."),
        columns=COLUMNS, may=lambda viewer: viewer.role is Role.MUNICIPAL_ADMINISTRATOR, known=_known,
        missing=_missing, check=_check,
        same_as=lambda facts: facts.get("number") or fold(facts["name"]), name_of=lambda facts: facts.get("name", ""),
        take=_take, used=_used, undo=_undo, back="all_organisations", order=30,
    )
)  # fmt: skip
