"""Settings every test shares."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A busy machine generates slowly; how fast is no property of the product.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
