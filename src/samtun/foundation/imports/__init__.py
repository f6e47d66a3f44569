"""Spreadsheets that people have: files read into rows of text, and the registry of what can be made of them.

`letters` says which letters a text file is written in, or asks. `tables`, `workbooks` and `reading` make rows of it.
`cells` reads one cell, `registry` knows the kinds of import that rooms have registered (their `importer` modules).
Nothing here writes to the database.
"""
