# docker build --tag seed-validator .
# docker run --rm --volume "$PWD:/data:ro" seed-validator check

FROM python:3.13-slim AS wheels
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY validator validator
RUN pip wheel --quiet --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --quiet --no-cache-dir --no-index --find-links /wheels seed-validator
USER 65534:65534
WORKDIR /data
ENTRYPOINT ["seed-validator"]
CMD ["check"]
