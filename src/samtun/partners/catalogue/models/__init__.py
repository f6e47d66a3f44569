"""What every offer shares, standing offers, who publishes, and whether it is still right."""

from samtun.partners.catalogue.models.offers import Offer, Report
from samtun.partners.catalogue.models.publishers import Publisher
from samtun.partners.catalogue.models.right import StillRightAsked
from samtun.partners.catalogue.models.shared import ACCESS, ON_OFFER, AccessFacts, OnOffer

__all__ = ["ACCESS", "ON_OFFER", "AccessFacts", "Offer", "OnOffer", "Publisher", "Report", "StillRightAsked"]
