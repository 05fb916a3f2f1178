from tfplay.app.classroom import classroom_view
from tfplay.app.frame.layout import page_header

page_header(
    "Class",
    "A class takes a lesson together: pupils join by a code, without accounts; their teacher sees "
    "who is where and how all guess, and reveals the answers.",
)

classroom_view()
