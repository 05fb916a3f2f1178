# TFPlay as an image; docs/hosting/machine.md tells how it is run.
#
#   docker build -t tfplay .
#   docker build -t tfplay --build-arg ACCELERATOR=gpu .   # with NVIDIA's libraries
FROM python:3.12-slim

ARG ACCELERATOR=cpu

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt \
    && if [ "$ACCELERATOR" = gpu ]; then pip install --no-cache-dir "tensorflow[and-cuda]>=2.20"; fi \
    && useradd --uid 1000 tfplay \
    && install --directory --owner tfplay --group tfplay --mode 700 /data

COPY .streamlit .streamlit
COPY pages pages
COPY tfplay tfplay
COPY streamlit_app.py ./
RUN python -m compileall -q tfplay pages

# Only /data and /tmp are written. glibc keeps memory for each thread unless it is told otherwise.
ENV HOME=/tmp \
    MALLOC_ARENA_MAX=2 \
    PORT=8501 \
    PYTHONDONTWRITEBYTECODE=1 \
    TFPLAY_HOME=/data \
    TFPLAY_HOSTED=1 \
    TFPLAY_LOG=json \
    TFPLAY_MONITOR=9100
VOLUME /data
EXPOSE 8501
USER 1000

HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9100/healthz')"]
CMD ["sh", "-c", "exec streamlit run streamlit_app.py --server.address 0.0.0.0 --server.port \"$PORT\""]
