"""A picture is put on an activity and taken away again; nobody who can be recognised stands there without a yes."""

import datetime as dt
import hashlib
import re
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.activities.adapters.pictures import Pictures, made_anew
from samtun.operation.activities.enums import ActivityState, OccurrenceState, PictureState, SaidYes
from samtun.operation.activities.models import Activity, Occurrence, Picture, PictureYes
from samtun.operation.activities.notices import PictureTakenDown
from samtun.operation.activities.rules import PICTURE_KEPT, PICTURE_WAITS, writes_for
from samtun.partners.catalogue.actions.reporting import seen
from samtun.partners.catalogue.queries import contacts_of
from samtun.partners.organisations.queries import answering_owner, receiving_owner

FOLLOWS = ("shows", "wide", "wide_width", "wide_height", "narrow", "narrow_width", "narrow_height")
MOST_AT_ONCE = 200
FILE_NAME = re.compile(r"\S+\.(jpe?g|png|webp|heic|gif)", re.IGNORECASE)


class ChangedMeanwhile(Refused):
    """Somebody has changed the picture meanwhile. Look at what stands now."""


class SayWhatItShows(Refused):
    """Write in a few words what the picture shows, for whoever cannot see it: “Waffles and coffee on a long table”."""


class TheirsToSay(Refused):
    """Only those who hold it can say that somebody has said yes. Choose a picture in which nobody can be recognised."""


class SayWhoSaidYes(Refused):
    """Write who can be recognised, and how each one said yes, before everyone sees it."""


class GuardianSaysYes(Refused):
    """A child cannot say yes alone. Write which guardian has said yes to this picture."""


class SayWhyItGoes(Refused):
    """Write a few words about why: whoever put it up reads them."""


@dataclass(frozen=True, slots=True)
class Yes:
    """That somebody who can be recognised has said yes to this picture; a child's guardian for the child."""

    name: str
    how: SaidYes
    heard_by: str
    is_child: bool = False
    guardian: str = ""


def take_in(*, activity: Activity, content: bytes, by: Viewer, at: dt.datetime) -> Picture:
    """Keep a picture for those who write, while the rest of what they wrote is put right. Nobody else sees it."""
    pictures = made_anew(content)
    with transaction.atomic():
        made = _waiting(_own(activity, by), pictures, by=by, at=at)
        record("activities.take_picture_in", Ref("programme", activity.id), by=by, at=at)
    return made


def put(
    *, activity: Activity, content: bytes | None, shows: str, recognisable: bool, by: Viewer, at: dt.datetime
) -> Picture:  # fmt: skip
    """Put a picture on an activity: the one sent, or without one the one that waits.

    It stands for everyone at once where nobody can be recognised; else it waits until each has said yes.
    """
    words = " ".join(shows.split())
    if not words or FILE_NAME.fullmatch(words):
        raise SayWhatItShows
    pictures = made_anew(content) if content else None
    with transaction.atomic():
        found = _own(activity, by)
        if recognisable and not _answers(by, found):
            raise TheirsToSay
        picture = _waiting(found, pictures, by=by, at=at) if pictures else _one(found, PictureState.WAITING)
        if not recognisable:
            picture.yeses.all().delete()
        picture.shows, picture.recognisable = words[:200], recognisable
        if not recognisable:
            _publish(picture, by=by, at=at)
        else:
            picture.save(update_fields=["shows", "recognisable"])
            record("activities.picture_waits", Ref("programme", found.id), by=by, at=at)
    return picture


def note_yes(*, picture: Picture, yes: Yes, sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> PictureYes:
    """Note that somebody who can be recognised has said yes to a picture that waits. Sent twice is once."""
    if yes.is_child and not yes.guardian.strip():
        raise GuardianSaysYes
    with transaction.atomic():
        found = _waits(picture, by)
        facts = {
            "name": yes.name.strip()[:80], "guardian": yes.guardian.strip()[:80] if yes.is_child else "",
            "how": yes.how, "heard_by": yes.heard_by.strip()[:80], "noted_at": at, "noted_by": by.who,
        }  # fmt: skip
        made, is_new = PictureYes.objects.get_or_create(picture=found, sent_key=sent_key, defaults=facts)
        if is_new:
            record("activities.note_yes", Ref("programme", found.activity_id), by=by, at=at)
    return made


def strike(*, picture: Picture, yes: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Take out somebody who was written down by mistake, before anyone has seen the picture."""
    with transaction.atomic():
        found = _waits(picture, by)
        if found.yeses.filter(id=yes).delete()[0]:
            record("activities.strike_yes", Ref("programme", found.activity_id), by=by, at=at)


def publish(*, picture: Picture, by: Viewer, at: dt.datetime) -> Picture:
    """Let everyone see a picture in which all who can be recognised have said yes."""
    with transaction.atomic():
        found = _waits(picture, by)
        if not found.yeses.exists():
            raise SayWhoSaidYes
        _publish(found, by=by, at=at)
    return found


def take_away(*, picture: Picture, by: Viewer, at: dt.datetime) -> Picture:
    """Take a picture away, at once and for good. One that nobody had seen leaves nothing behind."""
    with transaction.atomic():
        found = _locked(picture, by)
        if found.state == PictureState.WAITING:
            found.delete()
            record("activities.drop_picture", Ref("programme", found.activity_id), by=by, at=at)
        else:
            _gone(found, PictureState.TAKEN_AWAY, at=at)
            record("activities.take_picture_away", Ref("programme", found.activity_id), by=by, at=at)
    return found


def take_back(*, picture: Picture, yes: uuid.UUID, by: Viewer, at: dt.datetime) -> Picture:
    """Note that somebody takes their yes back: the picture goes at once, and that they did stands."""
    with transaction.atomic():
        found = _locked(picture, by)
        row = found.yeses.filter(id=yes, taken_back_at=None).first()
        if row is None or not _answers(by, found.activity):
            raise NotYours
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        _gone(found, PictureState.TAKEN_BACK, at=at)
        record("activities.take_yes_back", Ref("programme", found.activity_id), by=by, at=at)
    return found


def take_down(*, picture: Picture, because: str, by: Viewer, at: dt.datetime) -> Picture:
    """Take only the picture down after somebody at the centre has looked, with a reason its owner reads."""
    words, centre = " ".join(because.split()), answering_owner()
    if not words:
        raise SayWhyItGoes
    with transaction.atomic():
        found = _locked(picture, by)
        if not writes_for(by, centre.id):
            raise NotYours
        _gone(found, PictureState.TAKEN_DOWN, at=at, because=words[:200])
        ref = Ref("programme", found.activity_id)
        record("activities.take_picture_down", ref, by=by, at=at)
        seen(ref=ref, words=words, by=by, at=at)
        for person in contacts_of(found.activity.owner_id, on=wall(at).date()):
            queue(
                notice=PictureTakenDown, ref_kind="programme", ref_id=ref.id, to=person, owner=centre.id, by=by, at=at
            )
    return found


def read_names(*, picture: Picture, by: Viewer, at: dt.datetime) -> list[PictureYes]:
    """Return who can be recognised, for those who answer for the activity; that they read it is written down."""
    with transaction.atomic():
        found = Picture.objects.select_related("activity").get(id=picture.id)
        if not _answers(by, found.activity):
            raise NotYours
        record("activities.read_names", Ref("programme", found.activity_id), by=by, at=at)
        return list(found.yeses.filter(taken_back_at=None).order_by("noted_at", "id"))


def carry(*, before: Activity, to: Activity, by: Viewer, at: dt.datetime) -> None:
    """Let last year's picture follow to this year's activity, where nobody can be recognised in it."""
    row = Picture.objects.filter(activity=before, state=PictureState.STANDS, recognisable=False).first()
    if row is None:
        return
    again = {name: getattr(row, name) for name in FOLLOWS}
    made = Picture(activity=to, state=PictureState.STANDS, made_at=at, made_by=by.who, **again)
    made.mark = _mark(made)
    made.save(force_insert=True)
    record("activities.put_picture", Ref("programme", to.id), by=by, at=at)


def forget(*, by: Viewer, at: dt.datetime) -> int:
    """Forget what waited a week, and a year after what has gone or whose activity has ended; return how many went.

    What nobody ended has ended with its last time; a picture that was put up later stands a year from then.
    """
    if not by.is_system:
        raise NotYours
    before = at - PICTURE_KEPT
    times = Occurrence.objects.exclude(state=OccurrenceState.DROPPED)
    later = times.filter(activity=OuterRef("activity"), ends_at__gte=before)
    old = Q(gone_at__lt=before) | Q(activity__ended_at__lt=before)
    old |= Q(~Exists(later), state=PictureState.STANDS, made_at__lt=before)
    old |= Q(state=PictureState.WAITING, made_at__lt=at - PICTURE_WAITS)
    with transaction.atomic():
        rows = Picture.objects.filter(old).select_for_update(of=("self",)).order_by("id")
        keys = list(rows.values_list("id", flat=True)[:MOST_AT_ONCE])
        if keys:
            Picture.objects.filter(id__in=keys).delete()
            record("activities.forget_pictures", Ref("municipality", by.tenant), by=by, at=at, number=len(keys))
    return len(keys)


def _own(activity: Activity, by: Viewer) -> Activity:
    centre = receiving_owner()
    if not writes_for(by, activity.owner_id, centre=centre.id if centre else None):
        raise NotYours
    found = Activity.objects.select_for_update(of=("self",)).get(id=activity.id)
    if found.state == ActivityState.ENDED:
        raise ChangedMeanwhile
    return found


def _answers(by: Viewer, activity: Activity) -> bool:
    """Tell whether somebody answers for it themselves, and not only as the centre for those who ring."""
    return writes_for(by, activity.owner_id)


def _locked(picture: Picture, by: Viewer) -> Picture:
    """Return a picture that waits or stands, for one who may take it away, also once its activity has ended."""
    centre = receiving_owner()
    if not writes_for(by, picture.activity.owner_id, centre=centre.id if centre else None):
        raise NotYours
    Activity.objects.select_for_update(of=("self",)).get(id=picture.activity_id)
    found = Picture.objects.select_related("activity").filter(id=picture.id, gone_at=None).first()
    if found is None:
        raise ChangedMeanwhile
    return found


def _waits(picture: Picture, by: Viewer) -> Picture:
    """Return a picture that waits for somebody's yes, for those who answer for it."""
    found = _locked(picture, by)
    if not _answers(by, found.activity):
        raise NotYours
    if found.state != PictureState.WAITING or not found.recognisable:
        raise ChangedMeanwhile
    return found


def _one(activity: Activity, state: PictureState) -> Picture:
    found = Picture.objects.filter(activity=activity, state=state).first()
    if found is None:
        raise ChangedMeanwhile
    return found


def _waiting(activity: Activity, pictures: Pictures, *, by: Viewer, at: dt.datetime) -> Picture:
    """Keep a picture that waits, in the place of one that waited."""
    Picture.objects.filter(activity=activity, state=PictureState.WAITING).delete()
    wide, narrow = pictures
    made = Picture(
        activity=activity, wide=wide.content, wide_width=wide.width, wide_height=wide.height, narrow=narrow.content,
        narrow_width=narrow.width, narrow_height=narrow.height, made_at=at, made_by=by.who,
    )  # fmt: skip
    made.mark = _mark(made)
    made.save(force_insert=True)
    return made


def _mark(picture: Picture) -> str:
    """Return what its address is made of: another picture has another address, and nobody can guess it."""
    return hashlib.sha256(picture.id.bytes + bytes(picture.wide or b"")).hexdigest()[:32]


def _publish(picture: Picture, *, by: Viewer, at: dt.datetime) -> None:
    before = Picture.objects.filter(activity=picture.activity_id, state=PictureState.STANDS).first()
    if before:
        _gone(before, PictureState.REPLACED, at=at)
    picture.state = PictureState.STANDS
    picture.save(update_fields=["state", "shows", "recognisable"])
    record("activities.put_picture", Ref("programme", picture.activity_id), by=by, at=at)


def _gone(picture: Picture, state: PictureState, *, at: dt.datetime, because: str = "") -> None:
    picture.state, picture.gone_at, picture.gone_because = state, at, because
    picture.wide = picture.narrow = None
    picture.save(update_fields=["state", "gone_at", "gone_because", "wide", "narrow"])
