"""Pictures as people send them, and on something in the programme."""

import io
from typing import Any

from PIL import Image

from samtun.operation.activities.actions import pictures
from samtun.operation.activities.models import Activity, Picture
from tests.factories.journey import Tun
from tests.factories.programme import activity, weekly
from tests.factories.world import World, thing


def photo(width: int = 900, height: int = 600, kind: str = "JPEG", **saved: Any) -> bytes:
    """A picture with red to the left and blue to the right, so that one sees which way it is turned."""
    drawn = Image.new("RGB", (width, height), "blue")
    drawn.paste("red", (0, 0, width // 2, height))
    packed = io.BytesIO()
    drawn.save(packed, kind, **saved)
    return packed.getvalue()


def picture(tun: Tun, it: Activity, *, recognisable: bool = False, content: bytes | None = None) -> Picture:
    """A picture put on an activity; with somebody in it, it waits."""
    return pictures.put(
        activity=it, content=content or photo(), shows="Kaffe på et langbord", recognisable=recognisable,
        by=tun.viewer(it.owner), at=tun.now,
    )  # fmt: skip


@thing("picture_on")
def picture_on(world: World) -> object:
    """A picture that stands on the centre's activity."""
    return _standing(world).id


@thing("picture_mark")
def picture_mark(world: World) -> object:
    """What its address is made of."""
    return _standing(world).mark


def _standing(world: World) -> Picture:
    it = Activity.objects.filter(owner=world.tun.centre).first() or activity(world.tun, weekly())
    return Picture.objects.filter(activity=it).first() or picture(world.tun, it)
