import os
import sys

import streamlit as st
from starlette.middleware import Middleware

from tfplay.app.loading import run_trained
from tfplay.app.navigation import PAGE_ICON, menu
from tfplay.errors import InputError
from tfplay.server import SafetyHeaders, chat_routes, read_frame_ancestors
from tfplay.store import secure_home

if __name__ == "__main__":  # Streamlit, for each visitor and each run of a page
    st.set_page_config("TFPlay", PAGE_ICON, layout="wide")
    menu().run()
else:  # the server, once: `streamlit run` looks for an app with routes of its own
    try:
        secure_home()
        headers = Middleware(SafetyHeaders, read_frame_ancestors(os.environ))
    except InputError as error:
        sys.exit(str(error))
    app = st.App(__file__, routes=chat_routes(run_trained), middleware=[headers])
