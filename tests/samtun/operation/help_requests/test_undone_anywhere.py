"""A death noted by mistake is undone whole, or a person hears what is not."""

import pytest

from tests.samtun.operation.help_requests.lives_undone import undone

pytestmark = [pytest.mark.reliability, pytest.mark.usefixtures("same_keys")]


@pytest.mark.rule("R113")
@pytest.mark.parametrize("part", range(2))
def test_a_death_taken_back_leaves_all_as_it_was(tun, part):
    lived, found = undone(tun, f"every day {part}", 150)
    assert lived >= 150
    assert found == []


@pytest.mark.rule("R113")
@pytest.mark.parametrize("part", range(2))
def test_what_life_has_moved_on_from_is_told(tun, part):
    lived, found = undone(tun, f"every day, later {part}", 150, moved_on=True)
    assert lived >= 150
    assert found == []
