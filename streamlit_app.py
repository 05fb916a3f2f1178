import streamlit as st

from tfplay.app.navigation import menu

st.set_page_config("TFPlay", ":material/hub:", layout="wide")
menu().run()
