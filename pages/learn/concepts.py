from tfplay.app.concepts.view import concepts_view
from tfplay.app.frame.layout import page_header

page_header(
    "Concepts",
    "What the lecture notes speak of, and where to see it, change it and check it.",
)

concepts_view()
