"""Outlook messages (.msg)."""

PLUGINS: list[object] = []
