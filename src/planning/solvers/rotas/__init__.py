"""Turns that go round: annealing first, then CP-SAT to prove or polish, or to find which rules collide."""
