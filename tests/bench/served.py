"""The web server's application with static files as they are served for real."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tests.bench.for_real import FOR_REAL
from tests.trial import as_told

for _name, _value in FOR_REAL.items():
    setattr(settings, _name, _value)
application = get_wsgi_application()
as_told()
