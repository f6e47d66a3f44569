"""The gallery: every component in all its states, and whole pages made of them, with invented people."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
    "phone message mail printer letter home user users check cross clock calendar pin car shovel snow heart back forward search "
    "plus warning info lock eye-off menu external hands cup walk floors undo pencil globe food key book list bell"
).split()
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
ROWS = [
    {"title": "Følgje til legekontoret", "who": "S. N.", "place": "Ålvik", "when": "i dag 09.12", "state": "Ny", "color": "info", "soon": True, "current": True},
    {"title": "Handle daglegvarer kvar onsdag", "who": "A. H.", "place": "Øygarden", "when": "i dag 08.40", "state": "Ny", "color": "info", "soon": False, "current": False},
    {"title": "Turven på rolege turar", "who": "G. S.", "place": "Sentrum", "when": "i går", "state": "Ventar på svar", "color": "warning", "soon": False, "current": False},
    {"title": "Hjelp med nettbrett og BankID", "who": "P. R.", "place": "Fjordgrenda", "when": "i går", "state": "Ny", "color": "info", "soon": False, "current": False},
    {"title": "Måke snø på trappa", "who": "A. Å.", "place": "Ålvik", "when": "19. nov.", "state": "Avtalt med Marit", "color": "success", "soon": False, "current": False},
    {"title": "Besøksven på søndagar", "who": "O. B.", "place": "Øygarden", "when": "18. nov.", "state": "Avtalt med Jonas", "color": "success", "soon": False, "current": False},
    {"title": "Skyss til kafeen", "who": "I. L.", "place": "Fjordgrenda", "when": "17. nov.", "state": "Avlyst", "color": "neutral", "soon": False, "current": False},
]  # fmt: skip
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
PROGRAMME = [
    ("Måndag 23. november", [
        {"time": "11.00", "until": "13.00", "title": "Kafé og god prat", "place": "Bygdahuset, Sentrum", "ride": True, "room": "14 plassar att"},
        {"time": "18.30", "until": "20.00", "title": "Språkkafé", "place": "Biblioteket, Sentrum", "ride": False, "room": "God plass"},
    ]),
    ("Fredag 27. november", [
        {"time": "10.30", "until": "12.00", "title": "Allsong med trekkspel", "place": "Fjordheimen, Fjordgrenda", "ride": True, "room": "6 plassar att"},
    ]),
]  # fmt: skip
EVENTS = [
    {"what": "Spurde Marit Fjelde", "when": "i dag kl. 09.20", "by": "Turid Myklebust", "now": True, "text": "Marit har fått SMS og svarar innan torsdag."},
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
    "Bygdahuset vert ledig for andre.",
]


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
        label="Korleis vil du ha svar?", widget=forms.RadioSelect, choices=[("call", "Ring meg"), ("sms", "SMS"), ("letter", "Brev")]
    )
    days = forms.MultipleChoiceField(
        label="Når passar det?", required=False, widget=forms.CheckboxSelectMultiple, choices=[("am", "Føremiddag"), ("pm", "Ettermiddag")]
    )  # fmt: skip
    text = LongText(label="Noko meir vi bør vite?", required=False, max_length=500, help_text="Skriv ikkje om sjukdom.")
    yes = forms.BooleanField(label="Eg har spurt Solveig, og ho vil at vi tek kontakt", help_text="Det held at ho sa ja på telefonen.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].start_at(TODAY)  # type: ignore[attr-defined]  # a DayField


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the gallery, or one whole page of it with `?page=`."""
    page = request.GET.get("page", "")
    public = page in ("public", "form")
    data = {"phone": "57 00 11", "text": "Ho likar best å verte ringd før klokka tolv."}
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


STEPS = ("Kva", "Når", "Kven", "Sjå over")
