"""Pictures: nobody who can be recognised stands there without a yes; what is taken away is gone; files made anew."""

import datetime as dt
import io
import uuid
import zipfile
import zlib

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from samtun.foundation import exports
from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.activities import queries
from samtun.operation.activities.actions import making, pictures, yearly
from samtun.operation.activities.actions.pictures import Yes
from samtun.operation.activities.adapters import pictures as files
from samtun.operation.activities.enums import OccurrenceState, PictureState, SaidYes
from samtun.operation.activities.models import Occurrence, Picture, PictureYes
from samtun.operation.activities.notices import PictureTakenDown
from samtun.operation.activities.rules import PICTURE_KEPT, PICTURE_WAITS
from tests.factories import catalogue as publishers
from tests.factories.pictures import photo, picture
from tests.factories.programme import FRIDAY, activity, weekly

KARI = Yes("Kari Vik", SaidYes.WORD, "Marit ved døra")
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def said_yes(tun, waits, yes=KARI, by=None):
    return pictures.note_yes(
        picture=waits, yes=yes, sent_key=uuid.uuid4(), by=by or tun.viewer(waits.activity.owner), at=tun.now
    )


def test_without_faces_it_stands_at_once(tun):
    it = activity(tun, weekly())
    made = picture(tun, it)
    assert (made.state, made.recognisable) == (PictureState.STANDS, False)
    seen = queries.picture_on(it)
    assert (seen, seen.shows, seen.wide_width, seen.narrow_width) == (made, "Kaffe på et langbord", 900, 640)
    assert {"wide", "narrow"} <= seen.get_deferred_fields(), "a page reads no bytes"
    assert Image.open(io.BytesIO(queries.file_of(made.mark, size="narrow"))).size == (640, 427)


def test_with_somebody_in_it_nobody_sees_it_before_each_has_said_yes(tun):
    it = activity(tun, weekly())
    before = picture(tun, it)
    waits = picture(tun, it, recognisable=True, content=photo(800, 500))
    assert waits.state == PictureState.WAITING
    assert queries.picture_on(it) == before
    with pytest.raises(NotYours):
        queries.file_of(waits.mark, size="wide")
    with pytest.raises(pictures.SayWhoSaidYes):
        pictures.publish(picture=waits, by=tun.viewer(), at=tun.now)
    with pytest.raises(pictures.GuardianSaysYes):
        said_yes(tun, waits, Yes("Lille Vik", SaidYes.PAPER, "Permen på kontoret", is_child=True))
    key = uuid.uuid4()
    for _twice in range(2):
        pictures.note_yes(picture=waits, yes=KARI, sent_key=key, by=tun.viewer(), at=tun.now)
    assert waits.yeses.count() == 1
    mistaken = said_yes(tun, waits, Yes("Feil Namn", SaidYes.PAPER, "Permen", is_child=True, guardian="Mor Namn"))
    pictures.strike(picture=waits, yes=mistaken.id, by=tun.viewer(), at=tun.now)
    pictures.publish(picture=waits, by=tun.viewer(), at=tun.now)
    assert queries.picture_on(it) == waits
    before.refresh_from_db()
    assert (before.state, before.wide) == (PictureState.REPLACED, None)
    with pytest.raises(pictures.ChangedMeanwhile):
        said_yes(tun, waits)


def test_another_file_is_another_yes(tun):
    """A yes holds for one picture: one sent instead begins with nobody's."""
    it = activity(tun, weekly())
    said_yes(tun, picture(tun, it, recognisable=True))
    other = picture(tun, it, recognisable=True, content=photo(800, 500))
    assert other.yeses.count() == 0
    assert PictureYes.objects.count() == 0
    said_yes(tun, other)
    pictures.put(activity=it, content=None, shows="Kaffe", recognisable=False, by=tun.viewer(), at=tun.now)
    assert PictureYes.objects.count() == 0, "nobody is kept whom nobody can recognise"


def test_one_yes_taken_back_and_the_picture_is_gone(tun, later):
    it = activity(tun, weekly())
    waits = picture(tun, it, recognisable=True)
    kari, per = said_yes(tun, waits), said_yes(tun, waits, Yes("Per Vik", SaidYes.PAPER, "Permen"))
    pictures.publish(picture=waits, by=tun.viewer(), at=tun.now)
    pictures.take_back(picture=waits, yes=kari.id, by=tun.viewer(), at=later)
    waits.refresh_from_db()
    assert (waits.state, waits.wide, waits.narrow, waits.gone_at) == (PictureState.TAKEN_BACK, None, None, later)
    assert dict(waits.yeses.values_list("name", "taken_back_at")) == {"Kari Vik": later, "Per Vik": None}
    assert queries.picture_on(it) is None
    with pytest.raises(NotYours):
        queries.file_of(waits.mark, size="wide")
    with pytest.raises(pictures.ChangedMeanwhile):
        pictures.take_back(picture=waits, yes=per.id, by=tun.viewer(), at=later)


@pytest.fixture
def later(tun):
    return tun.now + DAY


def test_names_are_read_by_those_who_answer_and_it_is_written_down(tun):
    it = activity(tun, weekly(), owner=tun.other)
    waits = picture(tun, it, recognisable=True)
    said_yes(tun, waits)
    assert [row.name for row in pictures.read_names(picture=waits, by=tun.viewer(tun.other), at=tun.now)] == [
        "Kari Vik"
    ]
    assert AuditEvent.objects.filter(act="activities.read_names", ref_id=it.id).count() == 1
    strangers = (tun.viewer(), tun.viewer(tun.council), tun.viewer(tun.other, Role.VOLUNTEER, set()))
    for stranger in (*strangers, Viewer.anonymous(tun.municipality.id)):
        with pytest.raises(NotYours):
            pictures.read_names(picture=waits, by=stranger, at=tun.now)
        with pytest.raises(NotYours):
            said_yes(tun, waits, by=stranger)
    assert "Vik" not in str(list(AuditEvent.objects.values_list("words", flat=True)))
    _it, own = queries.pictures_for(tun.viewer(), it.id)
    assert (own.waits, own.answers, own.number) == (None, False, 0), "the centre writes for others, but has no faces"
    with pytest.raises(NotYours):
        queries.own_file(tun.viewer(), it.id, waits.id)
    assert queries.own_file(tun.viewer(tun.other), it.id, waits.id)


def test_the_centre_puts_up_for_others_only_what_has_no_faces(tun):
    it = activity(tun, weekly(), owner=tun.other)
    sent = {"activity": it, "content": photo(), "shows": "Kaffe", "by": tun.viewer(), "at": tun.now}
    with pytest.raises(pictures.TheirsToSay):
        pictures.put(recognisable=True, **sent)
    assert pictures.put(recognisable=False, **sent).state == PictureState.STANDS
    with pytest.raises(NotYours):
        pictures.put(recognisable=False, **sent | {"by": tun.viewer(tun.council)})


def test_a_picture_follows_its_activity(tun):
    """Pencilled in, taken down, closed, ended: as the activity is, so is its picture."""
    draft = activity(tun, weekly(), pencil=True)
    made = picture(tun, draft)
    assert queries.picture_on(draft) is None
    with pytest.raises(NotYours):
        queries.file_of(made.mark, size="wide")
    it = making.open_it(activity=draft, by=tun.viewer(), at=tun.now)
    assert queries.file_of(made.mark, size="wide")
    making.take_down(activity=it, because="Stengt", by=tun.viewer(), at=tun.now)
    closed = picture(tun, activity(tun, weekly(), title="Gruppa", is_listed=False))
    for mark in (made.mark, closed.mark, "0" * 32):
        with pytest.raises(NotYours):
            queries.file_of(mark, size="wide")
    ended = making.end(activity=activity(tun, weekly(), title="Slutt"), by=tun.viewer(), at=tun.now)
    with pytest.raises(pictures.ChangedMeanwhile):
        picture(tun, ended)


@pytest.mark.parametrize("recognisable", [False, True])
def test_next_year_only_what_has_no_faces_follows(tun, recognisable):
    it = activity(tun)
    made = picture(tun, it, recognisable=recognisable)
    if recognisable:
        said_yes(tun, made)
        pictures.publish(picture=made, by=tun.viewer(), at=tun.now)
    again = yearly.again(activity=it, by=tun.viewer(), at=tun.now + 30 * DAY)
    followed = Picture.objects.filter(activity=again).first()
    assert (followed is None) == recognisable
    if followed:
        assert bytes(followed.wide) == bytes(Picture.objects.get(id=made.id).wide)
        assert (followed.shows, followed.state) == (made.shows, PictureState.STANDS)
        assert followed.mark != made.mark


def test_only_the_picture_is_taken_down_and_its_owner_told(tun):
    publishers.known(tun)
    it = activity(tun, weekly(), owner=tun.other)
    made = picture(tun, it)
    with pytest.raises(pictures.SayWhyItGoes):
        pictures.take_down(picture=made, because=" ", by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        pictures.take_down(picture=made, because="Feil", by=tun.viewer(tun.other), at=tun.now)
    pictures.take_down(picture=made, because="Ein som ikkje vil", by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, made.gone_because, made.wide) == (PictureState.TAKEN_DOWN, "Ein som ikkje vil", None)
    told = PictureTakenDown().down(it.id)
    assert (told.owner, told.why) == (tun.other.id, "Ein som ikkje vil")
    it.refresh_from_db()
    assert it.state == "open", "the activity itself stands"
    picture(tun, it)
    assert PictureTakenDown().down(it.id) is None


def test_what_waited_or_has_gone_is_forgotten(tun):
    waits = picture(tun, activity(tun, weekly()), recognisable=True)
    gone = picture(tun, activity(tun, weekly(), title="Bort"))
    pictures.take_away(picture=gone, by=tun.viewer(), at=tun.now)
    stands = picture(tun, activity(tun, weekly(), title="Står"))
    ended = picture(tun, it := activity(tun, weekly(), title="Slutt"))
    making.end(activity=it, by=tun.viewer(), at=tun.now)
    system = tun.system()
    assert pictures.forget(by=system, at=tun.now + PICTURE_WAITS) == 0
    assert pictures.forget(by=system, at=tun.now + PICTURE_WAITS + DAY) == 1
    assert not Picture.objects.filter(id=waits.id).exists()
    assert pictures.forget(by=system, at=tun.now + PICTURE_KEPT) == 0
    assert pictures.forget(by=system, at=tun.now + PICTURE_KEPT + DAY) == 2
    assert set(Picture.objects.values_list("id", flat=True)) == {stands.id}, (gone.id, ended.id)
    with pytest.raises(NotYours):
        pictures.forget(by=tun.viewer(), at=tun.now)


def test_a_year_after_the_last_time_a_picture_goes_that_nobody_ended_anything_for(tun):
    feast = picture(tun, activity(tun, title="Fest"), recognisable=True)
    said_yes(tun, feast)
    pictures.publish(picture=feast, by=tun.viewer(), at=tun.now)
    series = picture(tun, it := activity(tun, weekly(until=FRIDAY + 8 * WEEK), title="Kurs"))
    first, *_between, dropped, last = it.occurrences.order_by("ends_at")
    Occurrence.objects.filter(id=last.id).update(state=OccurrenceState.DROPPED)
    system, again = tun.system(), picture(tun, activity(tun, title="Fest att"))
    Picture.objects.filter(id=again.id).update(made_at=first.ends_at + PICTURE_KEPT)
    assert pictures.forget(by=system, at=first.ends_at + PICTURE_KEPT) == 0
    assert pictures.forget(by=system, at=first.ends_at + PICTURE_KEPT + DAY) == 1
    assert (set(Picture.objects.values_list("id", flat=True)), PictureYes.objects.count()) == ({series.id, again.id}, 0)
    assert pictures.forget(by=system, at=dropped.ends_at + PICTURE_KEPT) == 0, "it goes by its own last time"
    assert pictures.forget(by=system, at=dropped.ends_at + PICTURE_KEPT + DAY) == 1
    assert Picture.objects.get() == again, "put up long after: a year from then"


def test_a_picture_that_nobody_sees_yet_is_written_down_too(tun):
    it = activity(tun, weekly())

    def acts():
        return sorted(AuditEvent.objects.filter(ref_id=it.id, act__contains="picture").values_list("act", flat=True))

    pictures.take_in(activity=it, content=photo(), by=tun.viewer(), at=tun.now)
    assert acts() == ["activities.take_picture_in"]
    picture(tun, it, recognisable=True)
    assert acts() == ["activities.picture_waits", "activities.take_picture_in"]


def test_one_that_waits_is_thrown_away_whole(tun):
    waits = picture(tun, activity(tun, weekly()), recognisable=True)
    said_yes(tun, waits)
    pictures.take_away(picture=waits, by=tun.viewer(), at=tun.now)
    assert (Picture.objects.count(), PictureYes.objects.count()) == (0, 0)


def test_the_database_holds_one_that_stands_and_no_bytes_of_what_is_gone(tun):
    it = activity(tun, weekly())
    made = picture(tun, it)
    for wrong in ({"state": "away"}, {"wide": None}, {"shows": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.filter(id=made.id).update(**wrong)
    other = pictures.take_in(activity=it, content=photo(), by=tun.viewer(), at=tun.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(id=other.id).update(state="stands", shows="To")


def test_an_owner_takes_its_pictures_out(tun):
    made = picture(tun, activity(tun, weekly(), owner=tun.other), recognisable=True)
    said_yes(tun, made)
    packed = zipfile.ZipFile(io.BytesIO(exports.archive(tun.other.id, name="Laget", at=tun.now)))
    with packed.open(f"activities/pictures/{made.id}.webp") as file:
        assert Image.open(io.BytesIO(file.read())).format == "WEBP"
    assert b"Kari Vik" in packed.read("activities/picture_yes.json")
    assert exports.tables_of(tun.centre.id)["activities/picture_yes"].rows == []


def test_acts_stand_in_the_timeline(tun):
    it = activity(tun, weekly())
    pictures.take_away(picture=picture(tun, it), by=tun.viewer(), at=tun.now)
    acts = AuditEvent.objects.filter(ref_kind=Ref("programme", it.id).kind, ref_id=it.id).values_list("act", flat=True)
    assert {"activities.put_picture", "activities.take_picture_away"} <= set(acts)


# ---------------------------------------------------------------- the file


def seen_in(size):
    """What a packed picture holds: its pixels, and what is written beside them."""
    opened = Image.open(io.BytesIO(size.content))
    opened.load()
    return opened


def test_nothing_a_camera_writes_is_kept_and_it_is_turned_upright():
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x013B] = 6, "Kamera", "Kari Vik"
    told.get_ifd(0x8825)[1] = "N"
    made = files.made_anew(photo(exif=told.tobytes(), icc_profile=b"profile", comment=b"Kari Vik"))
    assert (made.wide.width, made.wide.height) == (600, 900), "held upright"
    for size in made:
        opened = seen_in(size)
        assert opened.format == "WEBP"
        assert not opened.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened.info)
        assert b"Kari" not in size.content
    top, bottom = seen_in(made.wide).getpixel((300, 50)), seen_in(made.wide).getpixel((300, 850))
    assert top[0] > 200 > bottom[0], "what was to the left is on top"


@pytest.mark.parametrize(
    ("sent", "size"),
    [(photo(2600, 1300), (1280, 640)), (photo(700, 900, "PNG"), (700, 900)), (photo(600, 600, "WEBP"), (600, 600))],
    ids=["large", "png", "webp"],
)
def test_it_is_made_small_and_never_larger(sent, size):
    made = files.made_anew(sent)
    assert (made.wide.width, made.wide.height) == size
    assert max(made.narrow.width, made.narrow.height) <= 640
    assert len(made.wide.content) <= files.WIDE_BYTES
    assert len(made.narrow.content) <= files.NARROW_BYTES


def test_what_is_seen_through_is_white():
    packed = io.BytesIO()
    Image.new("RGBA", (600, 600), (0, 0, 0, 0)).save(packed, "PNG")
    assert min(seen_in(files.made_anew(packed.getvalue()).wide).getpixel((9, 9))) > 250


def moving(kind):
    packed, still = io.BytesIO(), [Image.new("RGB", (600, 400), colour) for colour in ("red", "blue")]
    still[0].save(packed, kind, save_all=True, append_images=still[1:])
    return packed.getvalue()


def bomb(side):
    """A few bytes that say they are many million points."""
    content = bytearray(photo(600, 400, "PNG"))
    content[16:24] = side.to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


BAD = {
    "nothing": (b"", files.NotWhole),
    "words": (b"hei, dette er ikke noe bilde", files.NoPicture),
    "pdf": (b"%PDF-1.7\n%\xe2", files.ADocument),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', files.ADrawing),
    "svg_alone": (b"\n <svg><script>alert(1)</script></svg>", files.ADrawing),
    "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(40), files.FromATelephone),
    "gif": (moving("GIF"), files.ItMoves),
    "moving_webp": (moving("WEBP"), files.ItMoves),
    "moving_png": (moving("PNG"), files.ItMoves),
    "bomb": (bomb(8_000), files.TooLarge),
    "larger_bomb": (bomb(20_000), files.TooLarge),
    "many_bytes": (bytes(10_000_001), files.TooLarge),
    "cut_jpeg": (photo()[:1500], files.NotWhole),
    "cut_png": (photo(kind="PNG")[:300], files.NotWhole),
    "cut_webp": (photo(kind="WEBP")[:80], files.NotWhole),
    "small": (photo(300, 200), files.TooSmall),
    "narrow": (photo(1200, 60), files.TooSmall),
    "tiff": (photo(kind="TIFF"), files.NoPicture),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_shown_says_what_to_do(name):
    content, refusal = BAD[name]
    with pytest.raises(refusal):
        files.made_anew(content)
