"""Reads and writes files of problems and plans; says in plain words what is wrong with a broken one."""
