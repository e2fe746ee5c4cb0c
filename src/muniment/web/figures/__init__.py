"""Figures drawn as SVG: where each stroke goes. Templates draw them; nothing here knows of a request."""
