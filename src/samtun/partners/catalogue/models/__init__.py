"""What every offer shares, and who publishes."""

from samtun.partners.catalogue.models.publishers import Publisher
from samtun.partners.catalogue.models.shared import ACCESS, ON_OFFER, AccessFacts, OnOffer

__all__ = ["ACCESS", "ON_OFFER", "AccessFacts", "OnOffer", "Publisher"]
