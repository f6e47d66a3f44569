"""Service designs: what is made together, by whom, for whose need, tried and changed in versions.

Owner: co-design. Rules R03, R04, R07, R08, R17, R18, R19, R21, R57, R98; ADR 29.
"""
