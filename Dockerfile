# Alongside in a container. This file has not been built on the machine where it was written: there was no Docker there.
#
#   docker build -t alongside .
#   docker run -p 127.0.0.1:8320:8320 -v alongside:/data --env-file alongside.env alongside

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/alongside
COPY requirements.txt .
RUN /opt/alongside/bin/pip install --require-hashes -r requirements.txt
COPY pyproject.toml LICENSE ./
COPY bot bot
COPY handlers handlers
COPY storage storage
COPY flows flows
COPY migrations migrations
RUN /opt/alongside/bin/pip install --no-deps --no-build-isolation .

FROM python:3.13-slim
ENV PATH=/opt/alongside/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8320 \
    DATABASE_URL=sqlite:////data/alongside.db
COPY --from=build /opt/alongside /opt/alongside
# A number and not a name, so that Kubernetes can see that it is not root.
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8320
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
CMD ["alongside", "serve"]
