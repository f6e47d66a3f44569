"""A service design is drawn in a browser, from the first words until the trial begins: by the centre, the health
association, and the municipality, which nobody there logs in for.
"""

from playwright.sync_api import expect

from samtun.foundation.viewer import Role

PURPOSE = "At dei som bur åleine, har ein fast stad å gå kvar fredag."
GOAL = "Minst åtte kjem kvar fredag, og ingen ventar på skyss."
THEM, COUNCIL = "Dalgrend helselag", "Dalgrend kommune"
RANG = "Kari i kommunen, på telefon"
PARTIES = {"Dalgrend frivilligsentral": "answers", THEM: "does", COUNCIL: "supports"}


def opens(window, title):
    """From the list of what is made together; returns its address."""
    window.open("/opplegg/")
    with window.page.expect_navigation():
        window.page.locator("a.row", has_text=title).first.click()
    window.look()
    return window.page.url


def begins(turid, say, title):
    turid.open("/opplegg/")
    turid.press(say("Begin something together"), role="link")
    turid.page.get_by_label(say("What shall we call it?")).fill(title)
    turid.page.get_by_label(say("What is it for?")).fill(PURPOSE)
    turid.page.get_by_label(say("Whose need does it answer?")).fill("Eldre på Innbygda utan bil.")
    turid.press(say("Begin"))


def asks(turid, say, name):
    turid.press(say("Ask somebody to take part"), role="link")
    turid.page.get_by_label(say("Who?")).select_option(label=name)
    turid.press(say("Ask them"))


def writes_for_the_municipality(turid, say):
    turid.press(say("%(name)s said yes by telephone", name=COUNCIL), role="link")
    turid.page.get_by_label(say("Who said it, and how?")).fill(RANG)
    turid.press(say("Yes, we take part"))


def at_the_table(turid, say):
    turid.press(say("Write who took part"), role="link")
    turid.page.get_by_label(say("On whose behalf?")).select_option(label=say("those it is for"))
    turid.page.locator("[name=who]").fill("To mottakarar")
    turid.page.get_by_label(say("At the table")).check()
    turid.press(say("Write it down"))


def divides(turid, say, kind):
    turid.press(say("A new task"), role="link")
    turid.page.get_by_label(say("What is to be done?")).fill("Måke trappa før dei kjem")
    turid.page.get_by_label(say("Is it a kind of help we have?")).select_option(value=str(kind.id))
    for name, does in PARTIES.items():
        turid.page.get_by_label(name, exact=True).select_option(value=does)
    turid.press(say("Save"))


def goes_through_the_law(turid, say):
    turid.press(say("Go through them"), role="link")
    for radio in turid.page.locator("input[type=radio][value=not_relevant]").all():
        radio.check()
    turid.press(say("Save"))


def says_what_it_serves(turid, say, goal):
    turid.press(say("Which goals it serves"), role="link")
    turid.page.get_by_label(goal).check()
    turid.press(say("Save"))


def proposes_larger(window, say, what, why, **fields):
    """Propose what all must say yes to; `fields` by their names."""
    window.press(say(what), role="link")
    for name, value in fields.items():
        window.page.locator(f"[name={name}]").fill(value)
    window.page.get_by_label(say("Why? The others read it, and say yes or no.")).fill(why)
    window.press(say("Propose it"))


def opens_what_waits(window):
    with window.page.expect_navigation():
        window.panel("waiting").locator("a.row").first.click()
    window.look()


def rung_for(turid, say, name):
    """One without a login said yes on the telephone."""
    opens_what_waits(turid)
    turid.press(f"{say('They said yes by telephone')} {name}", role="link")
    turid.page.get_by_label(say("Who said it, and how?")).fill(RANG)
    turid.press(say("Yes to the change"))


def says_yes(window, say, title):
    opens(window, title)
    opens_what_waits(window)
    window.press(say("We say yes"), role="link")
    window.press(say("Yes to the change"))


def whole(windows, say, place, title, goal):
    """Begun, at the table, divided, gone through, put on trial with three yeses; no word is told the wrong way."""
    turid = windows(role=Role.COORDINATOR)
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    begins(turid, say, title)
    for name in (THEM, COUNCIL):
        asks(turid, say, name)
    opens(association, title)
    association.press(say("Yes, we take part"), role="link")
    association.press(say("Yes, we take part"))
    writes_for_the_municipality(turid, say)
    turid.press(say("Begin to draw it"))
    at_the_table(turid, say)
    divides(turid, say, place.tun.snow)
    goes_through_the_law(turid, say)
    says_what_it_serves(turid, say, goal)
    for told in (THEM, "To mottakarar", "Måke trappa før dei kjem", goal):
        expect(turid.page.locator("main")).to_contain_text(told)
    proposes_larger(turid, say, "Propose a trial", "Vi er klare.", goal=GOAL, ends_other="2027-02-26")
    rung_for(turid, say, COUNCIL)
    says_yes(association, say, title)
    opens(turid, title)
    expect(turid.page.locator("main")).to_contain_text(say("On trial"))
