"""Ways out: what each must be able to do (protocol), which there are (registry), and those we have."""

from typing import Any

from samtun.notifications.channels.adapters import registry
from samtun.notifications.channels.adapters.demo import DemoGateway
from samtun.notifications.channels.adapters.protocol import Gateway
from samtun.notifications.channels.adapters.smtp import MailGateway


def _http(**choices: Any) -> Gateway:
    """Return the gateway that speaks HTTP."""
    from samtun.notifications.channels.adapters.http import HttpGateway  # inline: slow to import, and not in the demo

    return HttpGateway(**choices)


registry.register("demo", DemoGateway)
registry.register("http", _http)
registry.register("http-without-lookup", lambda: _http(key="http-without-lookup", looks_up=False))
registry.register("mail", MailGateway)
