"""A picture on the pages: put up, put right, taken away; what everyone gets, and for how long."""

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from samtun.foundation.models import AuditEvent
from samtun.foundation.recipients import Recipient
from samtun.foundation.viewer import Role, Viewer
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import pictures
from samtun.operation.activities.models import Picture, PictureYes
from samtun.operation.activities.notices import PictureTakenDown
from samtun.partners.organisations.models import Membership, Organisation
from samtun.work.todos.models import Todo
from tests.factories import catalogue as publishers
from tests.factories import programme
from tests.factories.pictures import photo, picture
from tests.factories.programme import activity, weekly


@pytest.fixture
def everyone(page, open_as):
    """The browser of somebody who is not logged in."""
    return lambda: open_as(Viewer.anonymous(page.municipality.id))


def file(content=None, name="IMG_2041.JPG", kind="image/jpeg"):
    return SimpleUploadedFile(name, photo() if content is None else content, kind)


def sent(**changes):
    plain = {"act": "put", "recognisable": "no", "shows": "Kaffe på et langbord", "file": file()} | changes
    return {name: value for name, value in plain.items() if value is not None}


def yes(waits, **changes):
    return {
        "act": "yes", "picture": str(waits.id), "key": str(uuid.uuid4()), "name": "Kari Vik", "how": "word",
        "heard_by": "Marit ved døra", "this_one": "on",
    } | changes  # fmt: skip


def said(answer):
    return answer.content.decode()


def test_put_up_seen_by_everyone_and_taken_away(page, scope, everyone, open_as):
    with scope():
        it = activity(page, weekly())
        time = programme.times(it)[0]
    desk, public = f"/program/{it.id}/bilete/", f"/hva-skjer/aktivitet/{it.id}/"
    assert "<figure" not in said(everyone().get(public))
    turid = open_as(page.viewer())
    assert "The picture stands for everyone" in said(turid.post(desk, sent(), follow=True))
    with scope():
        made = Picture.objects.get()
    own = turid.get(f"/program/{it.id}/bilete/{made.id}.webp")
    assert (own["Content-Type"], own["Cache-Control"]) == ("image/webp", "no-store")
    small, large = f"/hva-skjer/bilete/{made.mark}/liten.webp", f"/hva-skjer/bilete/{made.mark}/stor.webp"
    for address in (public, f"/hva-skjer/{time.id}/"):
        shown = said(everyone().get(address))
        assert f'src="{large}" alt="Kaffe på et langbord" width="900" height="600"' in shown
        assert f'srcset="{small}" width="640" height="427"' in shown
        assert "lazy" not in shown
        assert "want it gone" not in shown, "nobody is in it"
    assert 'itemprop="image"' in shown
    assert large not in said(everyone().get("/hva-skjer/?naar=month")), "the lists stay light"
    open_as(page.viewer()).post(desk, {"act": "away", "picture": str(made.id)})
    assert everyone().get(large).status_code == 404
    assert "<figure" not in said(everyone().get(public))
    assert "The last picture is gone since" in said(open_as(page.viewer()).get(desk))


def test_the_file_is_honest_about_how_long_it_may_be_kept(page, scope, everyone):
    """A yes taken back takes effect: no browser shows a picture more than five minutes without asking."""
    with scope():
        made = picture(page, activity(page, weekly()))
    address = f"/hva-skjer/bilete/{made.mark}/stor.webp"
    got = everyone().get(address)
    assert got["Content-Type"] == "image/webp"
    assert got["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in got
    assert got["X-Robots-Tag"] == "noindex"
    assert Image.open(io.BytesIO(got.content)).size == (900, 600)
    again = everyone().get(address, headers={"if-none-match": got["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with scope():
        pictures.take_away(picture=made, by=page.viewer(), at=page.now)
    assert everyone().get(address, headers={"if-none-match": got["ETag"]}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"file": None}, "Choose the picture."),
        ({"file": file(b"%PDF-1.7")}, "This is a document (PDF)"),
        ({"file": file(b"<svg/>", "bilete.svg", "image/svg+xml")}, "This is a drawing (SVG)"),
        ({"file": file(b"\x00\x00\x00\x18ftypheic" + bytes(40))}, "(HEIC) is not shown everywhere"),
        ({"file": file(photo()[:1500])}, "The picture is not whole"),
        ({"file": file(bytes(10_000_001))}, "The picture is too large"),
        ({"file": file(b"")}, "Choose the picture."),
        ({"shows": " "}, "Fill in “What does the picture show?”."),
        ({"shows": "IMG_2041.JPG"}, "Write in a few words what the picture shows"),
        ({"shows": "Ho har demens"}, "You wrote “demens”"),
        ({"shows": "x" * 201}, "The text is 1 character too long"),
        ({"recognisable": "maybe"}, "Select a valid choice"),
    ],
    ids=["none", "pdf", "svg", "heic", "cut", "large", "empty", "no_words", "a_name", "illness", "long", "neither"],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(page, scope, open_as, changes, sentence):
    with scope():
        it = activity(page, weekly())
    desk = f"/program/{it.id}/bilete/"
    changes = {name: file(value.read(), value.name) if name == "file" and value else value
               for name, value in changes.items()}  # fmt: skip
    answer = open_as(page.viewer()).post(desk, sent(**changes))
    shown = said(answer)
    assert answer.status_code == 422
    assert sentence in shown
    assert changes.get("shows", "Kaffe på et langbord").strip() in shown
    with scope():
        kept = Picture.objects.filter(state="waiting").count()
        assert Picture.objects.filter(state="stands").count() == 0
    if "file" not in changes:
        assert kept == 1, "the photo need not be found anew"
        assert "We have this picture" in shown
        again = open_as(page.viewer()).post(desk, sent(file=None), follow=True)
        assert "The picture stands for everyone" in said(again)


def test_everyone_in_it_says_yes_first(page, scope, everyone, open_as):
    with scope():
        it = activity(page, weekly())
    desk, public = f"/program/{it.id}/bilete/", f"/hva-skjer/aktivitet/{it.id}/"
    turid = open_as(page.viewer())
    assert "Nobody sees it until everyone" in said(turid.post(desk, sent(recognisable="yes"), follow=True))
    assert "<figure" not in said(everyone().get(public))
    turid = open_as(page.viewer())
    with scope():
        waits = Picture.objects.get()
    wrong = {
        "name": ({"name": ""}, "Fill in"), "how": ({"how": ""}, "Choose something under “How did they say yes?”."),
        "heard_by": ({"heard_by": ""}, "Fill in"), "this_one": ({"this_one": ""}, "Tick “They have seen this"),
        "guardian": ({"is_child": "on"}, "A child cannot say yes alone"),
    }  # fmt: skip
    for field, (changes, sentence) in wrong.items():
        answer = turid.post(desk, yes(waits, **changes))
        assert answer.status_code == 422, field
        assert sentence in said(answer), field
        assert ("Kari Vik" in said(answer)) == (field != "name"), "nothing typed is lost"
    written = said(turid.post(desk, yes(waits), follow=True))
    assert "1 is written down" in written
    assert "Kari Vik" not in written, "names are shown when they are asked for"
    assert "Tick “Everyone who can be recognised" in said(turid.post(desk, {"act": "publish", "picture": waits.id}))
    turid.post(desk, {"act": "publish", "picture": waits.id, "all_said": "on"})
    shown = said(everyone().get(public))
    assert "Are you in the picture, and want it gone?" in shown
    assert "Kari" not in shown
    turid = open_as(page.viewer())
    assert "Kari Vik" in said(turid.post(desk, {"act": "names", "picture": waits.id}))
    with scope():
        assert AuditEvent.objects.filter(act="activities.read_names").count() == 1
        kari = PictureYes.objects.get()
    turid.post(desk, {"act": "back", "picture": waits.id, "yes": kari.id})
    assert "<figure" not in said(everyone().get(public))
    assert "A yes was taken back" in said(open_as(page.viewer()).get(desk))


def test_pressed_on_a_page_that_is_old(page, scope, open_as):
    with scope():
        it = activity(page, weekly())
        gone = picture(page, it)
        stands = picture(page, it, content=photo(800, 600))
    turid, desk = open_as(page.viewer()), f"/program/{it.id}/bilete/"
    for act in ("away", "back", "strike"):
        answer = turid.post(desk, {"act": act, "picture": gone.id, "yes": str(uuid.uuid4())}, follow=True)
        assert "Somebody has changed the picture meanwhile" in said(answer), act
    assert turid.post(desk, {"act": "back", "picture": stands.id, "yes": "x"}).status_code == 404
    assert turid.post(desk, {"act": "x"}).status_code == 404


def test_others_neither_see_nor_touch_it(page, scope, open_as):
    """The council's people publish too, but not for the centre; the centre writes for others, but without faces."""
    with scope():
        it = activity(page, weekly())
        waits = picture(page, it, recognisable=True)
        others = activity(page, weekly(), owner=page.other, title="Songkveld")
        theirs = picture(page, others, recognisable=True)
    stranger = open_as(page.viewer(page.council))
    assert stranger.get(f"/program/{it.id}/bilete/").status_code == 404
    assert stranger.get(f"/program/{it.id}/bilete/{waits.id}.webp").status_code == 404
    assert stranger.post(f"/program/{it.id}/bilete/", sent()).status_code == 404
    centre, desk = open_as(page.viewer()), f"/program/{others.id}/bilete/"
    assert centre.get(f"/program/{others.id}/bilete/{theirs.id}.webp").status_code == 404
    assert centre.get(f"/program/{others.id}/bilete/{waits.id}.webp").status_code == 404
    answer = centre.post(desk, sent(recognisable="yes"))
    assert answer.status_code == 422
    assert "Only those who hold it can say" in said(answer)


def test_a_report_takes_down_only_the_picture(page, scope, everyone, open_as):
    with scope():
        publishers.known(page)
        gerd = page.person("Gerd", "Vik", "+4790000021", owner=page.other)
        head = Organisation.objects.get(owner=page.other)
        Membership.objects.create(
            person=gerd, organisation=head, role=Role.ORGANISATION_REPRESENTATIVE, starts=dt.date(2026, 1, 1)
        )
        it = activity(page, weekly(), owner=page.other)
        made = picture(page, it)
    key = str(uuid.uuid4())
    told = {"key": key, "words": "Eg vil ikkje vere på biletet", "phone": ""}
    everyone().post(f"/hva-skjer/aktivitet/{it.id}/feil/", told)
    centre, desk = open_as(page.viewer()), f"/program/{it.id}/bilete/"
    assert desk in said(centre.get(f"/program/{it.id}/"))
    down = {"act": "down", "picture": made.id}
    assert "Fill in" in said(centre.post(desk, down))
    assert "Only the picture is taken down" in said(centre.post(desk, down | {"because": "Ein vil ikkje"}, follow=True))
    assert everyone().get(f"/hva-skjer/aktivitet/{it.id}/").status_code == 200
    assert everyone().get(f"/hva-skjer/bilete/{made.mark}/stor.webp").status_code == 404
    with scope():
        assert not Todo.objects.filter(ref_id=it.id, done_at=None, reason="reported").exists(), "it is off the desk"
        assert Message.objects.filter(notice="catalogue.picture_taken_down", to_person=gerd.id).count() == 1
        told = {one: PictureTakenDown().facts(it.id, Recipient(gerd.id, "Gerd", "sms", one)) for one in ("nb", "nn")}
    assert [told[one]["offer"] for one in told] == ["bildet av Strikkekafé", "biletet av Strikkekafé"]
    assert told["nn"]["why"] == "Ein vil ikkje"
    assert "Ein vil ikkje" in said(open_as(page.viewer(page.other)).get(desk))
