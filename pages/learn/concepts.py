from tfplay.app import page_header
from tfplay.app.lesson.concepts_view import concepts_view

page_header(
    "Concepts",
    "What the lecture notes speak of, and where to see it, change it and check it.",
)

concepts_view()
