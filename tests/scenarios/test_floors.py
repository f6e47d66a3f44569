"""Pages of the upper floors in a browser: whose task it is, what is needed, and what is decided, opened to everyone."""

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role

pytestmark = [pytest.mark.practice("levels"), pytest.mark.journey]
NEED = "Menn som bur åleine, et middag åleine."
PLAN, GOAL = "Plan for det frivillige", "Alle som vil, får besøk innan tre veker"


@pytest.mark.crosswise
def test_whose_task_it_is_is_agreed_and_read_by_everyone(place, windows, say):
    """The centre proposes, the health association says yes, and it stands on the open map and on paper."""
    leader = windows(role=Role.LEADER)
    row = f"/ansvar/task_type/{place.tun.snow.id}/"
    leader.open("/ansvar/")
    leader.open(row)
    leader.press(say("Propose a change"), role="link")
    leader.page.locator("[name=new_1]").select_option(label="Dalgrend frivilligsentral")
    leader.page.locator("[name=new_1_parts][value=answers]").check()
    leader.page.locator("[name=new_2]").select_option(label="Dalgrend helselag")
    leader.page.locator("[name=new_2_parts][value=does]").check()
    leader.press(say("Propose this"))
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    association.open("/ansvar/")
    association.open(row)
    association.press(f"{say('Say yes')} Dalgrend helselag", role="link")
    association.press(say("Say yes"))
    anybody = windows()
    anybody.open("/ansvar/ope/")
    expect(anybody.page.locator("main")).to_contain_text("Dalgrend helselag")
    assert anybody.page.context.request.get("/ansvar/papir/").body().startswith(b"%PDF")


@pytest.mark.crosswise
def test_a_need_is_written_by_an_association_and_counted_for_everyone(place, windows, say):
    """From its door in the house to the open page, where it is a number."""
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    association.open("/huset/")
    association.press(say("Needs"), within=association.page.locator(".storey-doors").nth(1), role="link")
    association.press(say("Write down a need"), role="link")
    association.page.get_by_label(say("What is needed?")).fill(NEED)
    association.page.get_by_label(say("Whose need is it?")).select_option(value="men_alone")
    association.page.locator("[name=source]").first.check()
    association.page.locator("[name=known_on_pick]").first.check()
    association.press(say("Save"))
    expect(association.page.locator("h1")).to_contain_text(NEED)
    association.press(say("What this rests on, and what rests on it"), role="link")
    expect(association.page.locator("main")).to_contain_text(NEED)
    anybody = windows()
    anybody.open("/behov/tal/")
    expect(anybody.page.locator("main")).not_to_contain_text(NEED)


@pytest.mark.crosswise
def test_a_goal_is_set_opened_and_its_line_is_followed(place, windows, say):
    """A plan with a goal, read by everyone, on one A4, with its line of sight."""
    leader = windows(role=Role.LEADER)
    leader.open("/planar/ny/")
    leader.page.get_by_label(say("What is it called?")).fill(PLAN)
    leader.page.get_by_label(say("What does it say, in words everyone understands?")).fill("Det skal vere lett.")
    leader.page.locator("[name=decided_by]").fill("Styret, sak 4")
    leader.page.locator("[name=decided_on]").fill("2026-10-01")
    leader.page.locator("[name=since]").fill("2026-10-01")
    leader.press(say("Begin"))
    leader.press(say("Set a goal"), role="link")
    leader.page.get_by_label(say("What is to be reached, or done?")).fill(GOAL)
    leader.page.locator("[name=due]").fill("2027-09-30")
    leader.press(say("Set the goal"))
    leader.press(say("Open it to everyone"))
    leader.press(GOAL, role="link")
    anybody = windows()
    anybody.open("/planar/ope/")
    with anybody.page.expect_navigation():
        anybody.page.locator("a.row", has_text=PLAN).click()
    anybody.look()
    anybody.press(say("What this rests on, and what rests on it"), role="link")
    expect(anybody.page.locator("main")).to_contain_text(GOAL)
