import streamlit as st

from tfplay.app.layout import errors_shown
from tfplay.app.loading import run_trained
from tfplay.app.navigation import menu
from tfplay.server import chat_routes

if __name__ == "__main__":  # Streamlit, for each visitor and each run of a page
    st.set_page_config("TFPlay", ":material/hub:", layout="wide")
    with errors_shown():
        menu().run()
else:  # the server, once: `streamlit run` looks for an app with routes of its own
    app = st.App(__file__, routes=chat_routes(run_trained))
