"""After a death nothing is on its way to or about the person, whatever life was like; ten thousand in `reliability`."""

import pytest

from tests.samtun.operation.help_requests.lives import histories

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("same_keys")]


@pytest.mark.rule("R113")
def test_after_a_death_all_is_still(tun):
    lived, found = histories(tun, "every day", 100)
    assert lived >= 100
    assert found == []
