"""Migrations, named version_order_reason."""
