"""The invented municipalities as plain data: Dalgrend, its neighbour Elvefjord, and as many more as are wanted.

Nothing here knows Django or a database: `demo` loads it through actions. The same seed and day give the same valley.
Places, people, organisations and numbers are invented; the ground lies in open sea so that no real house is meant.
"""

from samtun.demo.valley.dalgrend import dalgrend
from samtun.demo.valley.elvefjord import elvefjord
from samtun.demo.valley.many import valleys
from samtun.demo.valley.roads import osm_xml, road_metres, straight_metres, village_metres
from samtun.demo.valley.words import Valley

__all__ = ["Valley", "dalgrend", "elvefjord", "osm_xml", "road_metres", "straight_metres", "valleys", "village_metres"]
