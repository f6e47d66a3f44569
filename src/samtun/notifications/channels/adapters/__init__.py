"""Ways out: what each must be able to do (protocol), which there are (registry), and those we have."""

from samtun.notifications.channels.adapters import registry
from samtun.notifications.channels.adapters.demo import DemoGateway
from samtun.notifications.channels.adapters.http import HttpGateway
from samtun.notifications.channels.adapters.smtp import MailGateway

registry.register("demo", DemoGateway)
registry.register("http", HttpGateway)
registry.register("http-without-lookup", lambda: HttpGateway(key="http-without-lookup", looks_up=False))
registry.register("mail", MailGateway)
