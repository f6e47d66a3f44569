"""What those who agree do in a browser: start, propose, see it otherwise, say yes, evaluate, end.

Four parties: the centre and the health association with a login, the municipality and the Rotary on the telephone.
"""

from playwright.sync_api import expect

COFFEE = "Laurdagskaffi på Solheimen"
ROTARY = "Dalgrend Rotary"
RUNG = {"Dalgrend kommune": "Kari Kommune", ROTARY: "Rolf Rotary"}
"""Who has no login, and who says on the telephone what they say."""


def fill(window, label, words):
    window.page.get_by_label(label, exact=True).fill(words)


def starts(leader, say, others):
    leader.open("/avtale/")
    leader.press(say("Write one page"), role="link")
    fill(leader, say("What is it about?"), COFFEE)
    for name, owner in others.items():
        leader.page.locator(f"[name={name}]").select_option(label=owner)
    fill(leader, say("What do you want with it?"), "Folk møtest")
    fill(leader, say("What do you gain by it?"), "Fleire frivillige")
    leader.press(say("Start it"))


def proposes(window, say, what, does):
    window.page.locator("[name=what]").fill(what)
    for owner, words in does.items():
        window.page.get_by_label(say("What does %(party)s do?", party=owner)).fill(words)
    window.press(say("Propose the text"))
    expect(window.page.locator("main")).to_contain_text(say("Proposed. All parties are asked."))


def says_otherwise(association, say, agreement):
    association.open("/avtale/")
    expect(association.page.locator("main")).to_contain_text(say("Waits for your answer"))
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('We see it otherwise')} Dalgrend helselag", role="link")
    fill(association, say("What do you see otherwise? All parties read this."), "Ikkje kvar laurdag.")
    association.press(say("Send it to all parties"))


def says_yes(association, say, agreement):
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('Say yes')} Dalgrend helselag", role="link")
    fill(association, say("What do you want with it?"), "Besøk til dei eldste")
    fill(association, say("What do you gain by it?"), "Nye medlemer")
    association.press(say("Yes, we agree"))


def writes_down_the_yes(leader, say, owner, agreement):
    """One without a login says yes on the telephone; the centre writes it down."""
    leader.open(f"/avtale/{agreement.id}/")
    leader.press(say("Write down the yes of %(owner)s", owner=owner), role="link")
    fill(leader, say("What do you want with it?"), "Trygge eldre")
    fill(leader, say("What do you gain by it?"), "Liv i huset")
    fill(leader, say("Who said it?"), RUNG[owner])
    leader.press(say("Write it down"))
    expect(leader.page.locator("main")).to_contain_text(RUNG[owner])


def looks_at_what_is_changed(window, say, agreement):
    window.open(f"/avtale/{agreement.id}/")
    window.press(say("See what has been changed between the versions"), role="link")
    expect(window.page.locator("ins").first).to_contain_text("annankvar")
    expect(window.page.locator("del").first).to_contain_text("kvar")


def evaluates(leader, association, say, agreement):
    leader.open(f"/avtale/{agreement.id}/")
    leader.press(f"{say('Say how it goes')} Dalgrend frivilligsentral", role="link")
    fill(leader, say("How does it go, seen from you?"), "Stova er full.")
    leader.press(say("Write it down"))
    for owner, name in RUNG.items():
        leader.press(say("Write down what %(owner)s says", owner=owner), role="link")
        fill(leader, say("How does it go, seen from you?"), "Bebuarane gler seg.")
        fill(leader, say("Who said it?"), name)
        leader.press(say("Write it down"))
    leader.press(say("Write what they say"), role="link")
    leader.page.locator("[name=words]").fill("Beste dagen i veka.")
    leader.press(say("Write it down"))
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('Say how it goes')} Dalgrend helselag", role="link")
    fill(association, say("How does it go, seen from you?"), "Bra, men vi manglar nøkkel.")
    association.press(say("Write it down"))
    expect(association.page.locator("main")).to_contain_text(say("Done"))
    association.page.get_by_role("link", name=say("Say something openly about it")).first.click()
    fill(association, say("What do you want to say openly?"), "Vi har bede om nøkkel i eit halvt år.")
    association.press(say("Publish it"))


def ends(leader, association, say, agreement):
    leader.open(f"/avtale/{agreement.id}/")
    leader.press(say("That it ends"), role="link")
    fill(leader, say("Why? All parties read this."), "Solheimen blir bygd om.")
    leader.page.locator("[name=last_day_other]").first.fill("2027-05-31")
    leader.press(say("Propose it"))
    for owner, name in RUNG.items():
        leader.press(say("Write down the yes of %(owner)s", owner=owner), role="link")
        fill(leader, say("Who said it?"), name)
        leader.press(say("Write it down"))
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('Say yes')} Dalgrend helselag", role="link")
    association.press(say("Yes, we agree"))
