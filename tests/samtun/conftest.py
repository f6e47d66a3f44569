"""What tests of pages share."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest


@pytest.fixture
def open_as(client: Any, municipality: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return the test client as it is for a viewer, whichever way they logged in; texts in a language."""
    from samtun.foundation import middleware

    def acting(viewer: Any, language: str = "en") -> Any:
        def given(request: Any, access: Any, at: Any) -> Any:
            return replace(viewer, language=language, purpose=access.purpose)

        monkeypatch.setattr(middleware, "viewer_of", given)
        client.cookies["samtun_language"] = language
        return client

    return acting
