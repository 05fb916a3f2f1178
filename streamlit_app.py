import os
import sys

import streamlit as st
from starlette.middleware import Middleware

from tfplay.app.frame.layout import errors_shown
from tfplay.app.frame.lifecycle import trainings_go_on
from tfplay.app.frame.navigation import ADMIN, PAGE_ICON, menu, url_path_of
from tfplay.app.frame.trust import streamlit_trust
from tfplay.app.frame.visitor import note_visit, require_welcome
from tfplay.app.model.loading import load_trained
from tfplay.app.sharing import open_linked_snapshot
from tfplay.app.tour import lesson_bar
from tfplay.counters import PAGE_SECONDS
from tfplay.errors import InputError
from tfplay.hosting import limits_here
from tfplay.server import (
    ApiSettings,
    MonitorAddress,
    OddAddresses,
    SafetyHeaders,
    VisitLimits,
    chat_routes,
    limit_connections,
    read_frame_ancestors,
    serve_monitor,
    set_up_logs,
)
from tfplay.store import secure_home

if __name__ == "__main__":  # Streamlit, for each visitor and each run of a page
    st.set_page_config("TFPlay", PAGE_ICON, layout="wide")
    with errors_shown():
        note_visit()
        page = menu()
        if page.url_path != url_path_of(ADMIN):  # who operates this can also let themselves in
            require_welcome()
        open_linked_snapshot(page)
        lesson_bar(page)
        with PAGE_SECONDS.labels(page.url_path or "start").time():
            page.run()
else:  # the server, once: `streamlit run` looks for an app with routes of its own
    try:
        secure_home()
        settings = ApiSettings.from_environment(os.environ)
        limits = limits_here()
        monitor = MonitorAddress.from_environment(os.environ)
        set_up_logs(os.environ)
        headers = Middleware(SafetyHeaders, read_frame_ancestors(os.environ))
    except InputError as error:
        sys.exit(str(error))
    limit_connections(settings.seconds)
    if monitor:
        serve_monitor(monitor)
    routes = chat_routes(load_trained, settings, streamlit_trust, limits)
    visits = [Middleware(VisitLimits, limits, settings.proxies)] if limits else []
    app = st.App(
        __file__,
        routes=routes,
        middleware=[headers, *visits, Middleware(OddAddresses, routes)],
        lifespan=trainings_go_on,
    )
