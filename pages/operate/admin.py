from tfplay.app.admin import admin_view
from tfplay.app.frame.layout import page_header
from tfplay.app.frame.operator import require_operator

page_header("Operator", "Trainings, visitors, what is stored, and a notice for everybody.")

require_operator()
admin_view()
