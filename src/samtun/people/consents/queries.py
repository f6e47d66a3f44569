"""What has been said yes to."""

import uuid

from django.db.models import QuerySet

from samtun.foundation import exports, refs
from samtun.foundation.viewer import Permission, Viewer
from samtun.people.consents.models import Consent


def consent_stands(consent: Consent | uuid.UUID | None) -> bool:
    """Tell whether a yes still holds, read from the database this moment; that of one who has died holds no more."""
    key = consent.id if isinstance(consent, Consent) else consent
    if key is None:
        return False
    return Consent.objects.filter(id=key, withdrawn_at=None, person__death_known_at=None).exists()


def consents_visible_to(viewer: Viewer) -> QuerySet[Consent]:
    """Return the consents that own owners hold; a person sees all of their own."""
    rows = Consent.objects.select_related("person", "passed_to", "owner").order_by("-given_on", "-id")
    if viewer.may(Permission.SEE_PERSONS) and viewer.owners:
        return rows.filter(owner__in=viewer.owners)
    return rows.filter(person=viewer.person) if viewer.person else rows.none()


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    rows = list(Consent.objects.filter(owner=owner).select_related("person", "passed_to").order_by("id"))
    columns = (
        "person", "person_id", "basis", "given_by", "what", "passed_to", "purpose", "form", "given_on", "withdrawn_at",
    )  # fmt: skip
    values = [
        (c.person.full_name, c.person_id, c.basis, c.given_by, c.what, c.passed_to.name, c.purpose, c.form, c.given_on,
         c.withdrawn_at)
        for c in rows
    ]  # fmt: skip
    return [exports.Table("consents", columns, values, frozenset(c.person_id for c in rows))]


def _find(viewer: Viewer, consent: uuid.UUID) -> tuple[str, str] | None:
    found = consents_visible_to(viewer).filter(id=consent).first()
    return (found.what, "") if found else None


exports.register("consents", _tables)
refs.register(refs.RefKind("consent", _find))
