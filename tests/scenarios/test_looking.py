"""What looks at each page finds what is wrong with it, also where the same page was clean before."""

import pytest

PLANT = "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)"
PULL_UP = "document.querySelector('main').lastElementChild.remove()"
PICTURE = '<img src="/static/img/favicon.svg" width="9" height="9">'
WIDE = f"<table width='3000'><tr><td>{'a' * 9}</td></tr></table>"
HOLE = "<p>‽name‽</p>"


@pytest.mark.crosswise
@pytest.mark.journey
def test_a_fault_is_found_in_a_page_that_was_clean(windows):
    window = windows()
    window.open("/ide/alle/")
    faults = [(WIDE, "px wide"), (HOLE, "asks for something")]
    if window.javascript:
        faults.append((PICTURE, "image-alt"))
    for planted, told in faults:
        window.look()
        window.page.evaluate(PLANT, planted)
        with pytest.raises(AssertionError, match=told):
            window.look()
        window.page.evaluate(PULL_UP)
        window.troubles.clear()
    window.look()
