"""Villages and halls: public facts."""

from django.db.models import Func, QuerySet, TextField

from samtun.people.places.models import Place, Village


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
