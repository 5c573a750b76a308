"""Variorum: collate several outlets' reports of the same event, one room and one table at a time."""
