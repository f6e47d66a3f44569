"""Who measures the roads: a server of one's own that runs OSRM or Valhalla, or nobody, and then the engine guesses."""

from samtun.operation.plans.adapters.roads import Remembering, Roads, RoadsUnreachable, chosen
from samtun.operation.plans.adapters.servers import Osrm, Valhalla

__all__ = ["Osrm", "Remembering", "Roads", "RoadsUnreachable", "Valhalla", "chosen"]
