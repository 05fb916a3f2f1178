import os
import sys

import streamlit as st

from tfplay.app.layout import errors_shown
from tfplay.app.lifecycle import told_in_a_sentence, trainings_go_on
from tfplay.app.loading import run_trained
from tfplay.app.navigation import menu
from tfplay.app.trust import streamlit_trust
from tfplay.errors import InputError
from tfplay.server import ApiSettings, chat_routes, limit_connections

if __name__ == "__main__":  # Streamlit, for each visitor and each run of a page
    st.set_page_config("TFPlay", ":material/hub:", layout="wide")
    with errors_shown():
        menu().run()
else:  # the server, once: `streamlit run` looks for an app with routes of its own
    try:
        settings = ApiSettings.from_environment(os.environ)
    except InputError as error:
        sys.exit(str(error))
    limit_connections(settings.seconds)
    app = st.App(
        __file__,
        routes=chat_routes(run_trained, settings, streamlit_trust),
        lifespan=trainings_go_on,
        on_script_error=told_in_a_sentence,
    )
