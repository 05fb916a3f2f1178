from tfplay.app.frame.layout import page_header
from tfplay.app.lessons.current import deleted_lessons, edited_id
from tfplay.app.lessons.editor import lesson_editor
from tfplay.app.lessons.lists import lesson_lists

page_header(
    "Lessons",
    "A lesson leads over the pages step by step: a view, a few words, one thing to press, a guess "
    "that the model answers. Take one, or write your own and hand its link to your pupils.",
)

deleted_lessons()
if lesson_id := edited_id():
    lesson_editor(lesson_id)
else:
    lesson_lists()
