# magcheck as a web service. Build: docker build -t magcheck .   Run: docker compose up
FROM python:3.12-slim-bookworm AS build
# Debian keeps no earlier version, so a pinned one would stop building one day
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/magcheck
WORKDIR /src
COPY locked locked
RUN /opt/magcheck/bin/pip install --no-cache-dir --require-hashes --requirement locked/build.txt
# durable-rules is C, and comes as source only
RUN /opt/magcheck/bin/pip install --no-cache-dir --require-hashes --no-build-isolation --use-pep517 \
    --no-binary durable-rules --requirement locked/engine.txt
RUN /opt/magcheck/bin/pip install --no-cache-dir --require-hashes --requirement locked/container.txt
COPY . .
RUN /opt/magcheck/bin/pip install --no-cache-dir --no-deps --no-build-isolation . && /opt/magcheck/bin/magcheck --version

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin magcheck
COPY --from=build /opt/magcheck /opt/magcheck
USER 10001:10001
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
EXPOSE 8321
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/opt/magcheck/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/health', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/magcheck/bin/magcheck", "serve", "--host", "0.0.0.0"]
