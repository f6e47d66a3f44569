"""Villages and halls: public facts."""

import uuid

from django.db.models import Func, QuerySet, TextField

from samtun.people.places.models import Place, Village, VillageDistance


class Norwegian(Func):
    """Sorts Æ Ø Å last on every server (decisions 16)."""

    function = "norwegian"
    output_field = TextField()


def villages() -> QuerySet[Village]:
    """Return the villages in Norwegian order."""
    return Village.objects.order_by(Norwegian("name"))


def halls() -> QuerySet[Place]:
    """Return the halls, by village and name."""
    return Place.objects.filter(kind=Place.Kind.HALL).select_related("village").order_by(Norwegian("name"))


def metres_to(village_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return metres by road from other villages to one, where they have been measured."""
    return dict(VillageDistance.objects.filter(target=village_id).values_list("origin", "metres"))
