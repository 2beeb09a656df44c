# The app with what PostgreSQL and Elasticsearch need; alone it works with SQLite and the embedded index in the volume /data.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY corpus corpus
COPY nlp nlp
COPY service service
RUN python -m venv /app && /app/bin/pip install --no-cache-dir ".[postgres,elasticsearch]"

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 dondoc && mkdir /data && chown dondoc /data
COPY --from=build /app /app
USER dondoc
ENV PATH=/app/bin:$PATH DONDOC_HOME=/data PYTHONUTF8=1
VOLUME /data
EXPOSE 8765
# Inside a container the loopback belongs to the container, so exposing is explicit here; publish the port on loopback only.
ENV DONDOC_EXPOSE=true DONDOC_HOST=0.0.0.0 DONDOC_PORT=8765
CMD ["dondoc", "serve"]
