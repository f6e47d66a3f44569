"""Static files with hashed names, also where ES modules import each other."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; imports inside our modules are rewritten to the hashed names."""

    support_js_module_import_aggregation = True
