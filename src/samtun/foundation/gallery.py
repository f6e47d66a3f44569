"""The gallery: every component in all its states, and whole pages made of them, with invented people."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samtun.foundation.access import public
from samtun.foundation.forms import Card, Cards, DayField, Form, LongText, PhoneField, ShortText

# A fixed Monday: the pictures of the gallery must not change by themselves.
TODAY = dt.date(2026, 11, 23)
PAGES = {
    "": "ui/gallery.html",
    "desk": "ui/gallery_desk.html",
    "public": "ui/gallery_public.html",
    "task": "ui/gallery_task.html",
    "form": "ui/gallery_form.html",
    "sheet": "ui/gallery_sheet.html",
    "400": "400.html", "403": "403.html", "404": "404.html", "409": "409.html", "500": "500.html", "503": "503.html",
}  # fmt: skip
ICONS = (
    "phone", "message", "mail", "printer", "letter", "home", "user", "users", "check", "cross", "clock", "calendar",
    "pin", "car", "shovel", "snow", "heart", "back", "forward", "search", "plus", "warning", "info", "lock", "eye-off",
    "menu", "external", "hands", "cup", "walk", "floors", "undo", "pencil", "globe", "food", "key", "book", "list",
    "bell",
)  # fmt: skip
NAV: list[dict[str, Any]] = [
    {"url": "?page=desk", "label": "I dag", "icon": "home", "current": True, "count": 3},
    {"url": "?page=form", "label": "Spørsmål om hjelp", "icon": "hands", "current": False, "count": None},
    {"url": "?page=sheet", "label": "Frivillige", "icon": "users", "current": False, "count": None},
    {"url": "?page=public", "label": "Aktivitetar", "icon": "calendar", "current": False, "count": None},
    {"url": "?", "label": "Skyss", "icon": "car", "current": False, "count": None},
]
PUBLIC_NAV: list[dict[str, Any]] = [
    {"url": "?page=public", "label": "Kva skjer", "current": True, "count": None},
    {"url": "?page=form", "label": "Spør om hjelp", "current": False, "count": None},
    {"url": "?page=task", "label": "Bli med og hjelp", "current": False, "count": None},
]
ROW = ("title", "who", "place", "when", "state", "color", "soon", "current")
ROWS = [
    dict(zip(ROW, row, strict=True))
    for row in (
        ("Følgje til legekontoret", "S. N.", "Ålvik", "i dag 09.12", "Ny", "info", True, True),
        ("Handle daglegvarer kvar onsdag", "A. H.", "Øygarden", "i dag 08.40", "Ny", "info", False, False),
        ("Turven på rolege turar", "G. S.", "Sentrum", "i går", "Ventar på svar", "warning", False, False),
        ("Hjelp med nettbrett og BankID", "P. R.", "Fjordgrenda", "i går", "Ny", "info", False, False),
        ("Måke snø på trappa", "A. Å.", "Ålvik", "19. nov.", "Avtalt med Marit", "success", False, False),
        ("Besøksven på søndagar", "O. B.", "Øygarden", "18. nov.", "Avtalt med Jonas", "success", False, False),
        ("Skyss til kafeen", "I. L.", "Fjordgrenda", "17. nov.", "Avlyst", "neutral", False, False),
    )
]
STATES = [
    {"value": "", "label": "Alle", "count": 7, "on": True},
    {"value": "new", "label": "Nye", "count": 3},
    {"value": "asked", "label": "Ventar på svar", "count": 1},
    {"value": "agreed", "label": "Avtalt", "count": 2},
]
DAYS = [
    {"value": v, "label": v, "on": v == "Fredag"}
    for v in ("Måndag", "Tysdag", "Onsdag", "Torsdag", "Fredag", "Laurdag", "Søndag", "Kveldstid")
]
ACT = ("time", "until", "title", "place", "ride", "room")
PROGRAMME = [
    (day, [dict(zip(ACT, act, strict=True)) for act in acts])
    for day, acts in (
        ("Måndag 23. november", (
            ("11.00", "13.00", "Kafé og god prat", "Bygdahuset, Sentrum", True, "14 plassar att"),
            ("18.30", "20.00", "Språkkafé", "Biblioteket, Sentrum", False, "God plass"),
        )),
        ("Fredag 27. november", (
            ("10.30", "12.00", "Allsong med trekkspel", "Fjordheimen, Fjordgrenda", True, "6 plassar att"),
        )),
    )
]  # fmt: skip
EVENTS: list[dict[str, Any]] = [
    {
        "what": "Spurde Marit Fjelde", "when": "i dag kl. 09.20", "by": "Turid Myklebust", "now": True,
        "text": "Marit har fått SMS og svarer innan torsdag.",
    },
    {"what": "Fekk samtykke på telefon", "when": "i dag kl. 09.15", "by": "Turid Myklebust"},
    {"what": "Kom inn på telefon", "when": "i dag kl. 09.12", "iso": "2026-11-23T09:12"},
]  # fmt: skip
FLOORS = [
    ("Avtale med Frivilligsentralen til 2028", "Kven har bestemt dette", "?page=desk"),
    ("Følgje til lege og sjukehus, versjon 3", "Korleis vi gjer det", "?page=desk"),
    ("Følgje til legekontoret, torsdag 26.", "Det som skjer", ""),
]
BUBBLES = [
    {"text": "Hei Marit! Kan du følgje Solveig til legen torsdag kl. 11.30? Svar JA eller NEI.", "when": "09.20"},
    {"text": "JA", "when": "09.41", "own": True},
    {"text": "Så fint, takk! Alt du treng står her:\nhttps://eksempel.test/t/k7m2", "when": "09.41"},
]
FACTS = [
    ("Kven", "Solveig Nes, Ålvik"),
    ("Når", "Torsdag 26. november kl. 11.30"),
    ("Kvar", "Legekontoret i Sentrum"),
    ("Kven følgjer opp", "Turid Myklebust (Anne Vik trer inn)"),
]
EXCLUDED = [
    ("Per Rønning", "Har sagt at han ikkje køyrer om vinteren"),
    ("Kåre Tveit", "Har tre oppdrag denne veka"),
    ("Inger Lid", "Solveig vil helst ha ein annan"),
]
EFFECTS = [
    "12 påmelde får SMS eller brev no.",
    "2 frivillige køyrarar får vite at turen er avlyst.",
    "Bygdahuset blir ledig for andre.",
]


STEPS = ("Kva", "Når", "Kven", "Sjå over")


class GalleryForm(Form):
    """One field of each kind."""

    name = ShortText(label="Namnet ditt", max_length=40, autocomplete="name")
    phone = PhoneField(label="Telefonnummer", help_text="Vi ringjer berre om noko endrar seg.")
    what = forms.ChoiceField(
        label="Kva kan vi hjelpe med?",
        widget=Cards,
        choices=[
            ("ride", Card("Skyss", "Til lege, butikk eller kafé", "car")),
            ("snow", Card("Snø og hage", "Måke, strø, rake", "shovel")),
            ("company", Card("Selskap", "Ein tur, ein kopp kaffi", "cup")),
            ("food", Card("Mat", "Varm middag på døra", "food")),
        ],
    )
    day = DayField(label="Kva dag passar?", required=False)
    village = forms.ChoiceField(label="Grend", choices=[("", "Vel grend"), ("alvik", "Ålvik"), ("sentrum", "Sentrum")])
    reach = forms.ChoiceField(
        label="Korleis vil du ha svar?",
        widget=forms.RadioSelect,
        choices=[("call", "Ring meg"), ("sms", "SMS"), ("letter", "Brev")],
    )
    days = forms.MultipleChoiceField(
        label="Når passar det?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("am", "Føremiddag"), ("pm", "Ettermiddag")],
    )
    text = LongText(label="Noko meir vi bør vite?", required=False, max_length=500, help_text="Skriv ikkje om sjukdom.")
    yes = forms.BooleanField(
        label="Eg har spurt Solveig, og ho vil at vi tek kontakt", help_text="Det held at ho sa ja på telefonen."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part("day", DayField).start_at(TODAY)


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery, or one whole page of it with `?page=`."""
    page = request.GET.get("page", "")
    public = page in ("public", "form")
    data = {"phone": "57 00 11", "text": "Ho likar best å bli ringd før klokka tolv."}
    context = {
        "icons": ICONS, "rows": ROWS, "states": STATES, "days": DAYS, "programme": PROGRAMME, "events": EVENTS,
        "floors": FLOORS, "bubbles": BUBBLES, "facts": FACTS, "excluded": EXCLUDED, "effects": EFFECTS, "steps": STEPS,
        "reasons": ("Same grend", "Har bil", "Ledig torsdag"), "nav": PUBLIC_NAV if public else NAV,
        "viewer_name": "Turid Myklebust", "viewer_hat_label": "Koordinator ved Frivilligsentralen",
        "empty_form": GalleryForm(auto_id="id_a_%s"), "wrong_form": GalleryForm(data, auto_id="id_b_%s"),
        "printed_on": TODAY,
    }  # fmt: skip
    if page == "form":
        context["form"] = GalleryForm(data)
    return render(request, PAGES.get(page, "404.html"), context, status=200 if page in PAGES else 404)
