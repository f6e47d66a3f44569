"""All addresses. Each room brings its own; names are global."""

from django.apps import apps
from django.conf import settings
from django.urls import include, path
from django.utils.module_loading import module_has_submodule

from samtun.foundation import health, language, listening
from samtun.foundation.gallery import gallery


def _rooms() -> list:
    found = []
    for room in settings.ROOMS + (["demo"] if settings.DEMO else []):
        module = f"samtun.{room}"
        config = next(c for c in apps.get_app_configs() if c.name == module)
        if module_has_submodule(config.module, "web"):
            found.append(path("", include(f"{module}.web.urls")))
    return found


urlpatterns = [
    path("-/alive", health.alive, name="alive"),
    path("-/ready", health.ready, name="ready"),
    path("sprak/", language.choose, name="language"),
    path("live/ticket/<slug:kind>/<uuid:ident>/", listening.ticket, name="live_ticket"),
    *_rooms(),
]
if settings.DEMO:
    urlpatterns.append(path("ui/", gallery, name="gallery"))
handler400 = "samtun.foundation.faults.bad_request"
handler403 = "samtun.foundation.faults.forbidden"
handler404 = "samtun.foundation.faults.not_found"
handler500 = "samtun.foundation.faults.broken"
