"""Tiny files in the forms of the public sets, the same two stops in each."""

TABLE = """TINY

VEHICLE
NUMBER     CAPACITY
  1          10

CUSTOMER
CUST NO.  XCOORD.    YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0          0          0          0        100          0
    1      3          4          5          0         25          2
    2      6          8          5         20         60          2
"""
SECTIONS = """NAME : TINY
TYPE : CVRPTW
DIMENSION : 3
VEHICLES : 1
CAPACITY : 10
SERVICE_TIME : 2
EDGE_WEIGHT_TYPE : EXACT_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 6 8
DEMAND_SECTION
1 0
2 5
3 5
TIME_WINDOW_SECTION
1 0 100
2 0 25
3 20 60
DEPOT_SECTION
1
-1
EOF
"""
LILIM = """1 10 1
0 0 0 0 0 100 0 0 0
1 3 4 5 0 25 2 0 2
2 6 8 -5 20 60 2 1 0
"""
LILIM_THREE = """2 10 1
0 0 0 0 0 200 0 0 0
1 10 0 6 0 100 1 0 4
2 20 0 6 0 100 1 0 5
3 -10 0 4 0 100 1 0 6
4 30 0 -6 0 100 1 1 0
5 40 0 -6 0 100 1 2 0
6 -20 0 -4 0 100 1 3 0
"""
"""Two to the east, too much for one car together but not after each other, and one to the west."""
CORDEAU = """1 4 480 3 30
0 0 0 0 0 0 480
1 0 1 1 1 0 100
2 0 2 1 -1 0 100
"""
