"""Putting something in the programme, as one does on the page."""

import datetime as dt

FRIDAY = dt.date(2026, 11, 27)


def tells(page, say, **facts):
    """Fill in the page on which one puts something in the programme."""
    page.get_by_label(say("What is it called?")).fill(facts["title"])
    page.get_by_label(say("What sort of thing is it?")).select_option(facts.get("category", "social"))
    other = page.locator("[name=starts_on_pick][value=other]")
    other.check(force=True)
    page.locator("[name=starts_on_other]").fill(str(facts["on"]))
    page.get_by_label(say("From"), exact=True).fill(facts["at"])
    page.get_by_label(say("To"), exact=True).fill(facts["to"])
    page.get_by_label(f"{say('Or somewhere else')} ({say('optional')})").fill(facts["where"])
    page.locator(f"[name=transport][value={facts.get('transport', 'organised_ride')}]").check(force=True)
    page.get_by_label(say("Who meets you at the door? A first name")).fill(facts["meets"])
    page.get_by_label(say("Whom can one ring?")).fill("57 00 11 22")
    page.get_by_label(say("It is free")).check(force=True)
    page.locator(f"[name=sign_up][value={facts.get('sign_up', 'open')}]").check(force=True)
