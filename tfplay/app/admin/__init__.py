"""The operator's page: trainings, visitors, what is stored, and a notice for everybody."""

from tfplay.app.admin.view import admin_view

__all__ = ["admin_view"]
