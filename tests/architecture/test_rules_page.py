"""The page of the rules names the files that carry their markers, no more and no fewer: `make mission` writes it."""

from tools import mission


def test_the_page_names_the_files_that_test_each_rule():
    written = mission.PAGE.read_text(encoding="utf-8")
    assert written == mission.rules_page(), "Run `make mission`."
    assert "| R26 |" in written
    assert "`operation/help_requests/test_triage.py`" in written
