"""Word documents before 2007 (.doc), through LibreOffice where it is installed."""

PLUGINS: list[object] = []
