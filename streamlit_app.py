import os
import sys

import streamlit as st
from starlette.middleware import Middleware

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.lifecycle import trainings_go_on
from tfplay.app.frame.navigation import PAGE_ICON, menu
from tfplay.app.frame.trust import streamlit_trust
from tfplay.app.model.loading import load_trained
from tfplay.app.sharing import open_linked_snapshot
from tfplay.app.tour import lesson_bar
from tfplay.errors import InputError
from tfplay.server import (
    ApiSettings,
    OddAddresses,
    SafetyHeaders,
    chat_routes,
    limit_connections,
    read_frame_ancestors,
)
from tfplay.store import secure_home

if __name__ == "__main__":  # Streamlit, for each visitor and each run of a page
    st.set_page_config("TFPlay", PAGE_ICON, layout="wide")
    with errors_shown():
        page = menu()
        open_linked_snapshot(page)
        lesson_bar(page)
        page.run()
else:  # the server, once: `streamlit run` looks for an app with routes of its own
    try:
        secure_home()
        settings = ApiSettings.from_environment(os.environ)
        headers = Middleware(SafetyHeaders, read_frame_ancestors(os.environ))
    except InputError as error:
        sys.exit(str(error))
    limit_connections(settings.seconds)
    routes = chat_routes(load_trained, settings, streamlit_trust)
    app = st.App(
        __file__,
        routes=routes,
        middleware=[headers, Middleware(OddAddresses, routes)],
        lifespan=trainings_go_on,
    )
