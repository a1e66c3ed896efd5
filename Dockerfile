# All Python services, one image each: docker build --build-arg PACKAGE=gateway . (the load test: --target loadtest)
# An image is three layers on top of Python: TensorFlow and what comes with it, which trainer and model-tf share;
# the package's other third-party libraries; our own code. Each layer holds only the files that the former lacks.
ARG PACKAGE=gateway

FROM python:3.13-slim AS python
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 \
    MODEL_STORE=/store TF_CPP_MIN_LOG_LEVEL=3
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin triptych \
 && install -d -o triptych -g triptych /store \
 && python3 -m venv --without-pip /app/.venv
WORKDIR /app

FROM python AS uv
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1
RUN pip install --no-cache-dir --root-user-action ignore uv==0.13.9
COPY pyproject.toml uv.lock ./

FROM uv AS tensorflow
RUN uv sync --frozen --no-install-workspace --package model-tf

FROM python AS python-tensorflow
COPY --from=tensorflow /app/.venv /app/.venv

# What a package is built on, and what its image starts from.
FROM uv AS build-gateway
FROM uv AS build-model-sklearn
FROM tensorflow AS build-model-tf
FROM tensorflow AS build-trainer
FROM python AS run-gateway
FROM python AS run-model-sklearn
FROM python-tensorflow AS run-model-tf
FROM python-tensorflow AS run-trainer

# The load test: Locust and its users, and nothing of the system that they ask.
FROM uv AS build-loadtest
RUN uv sync --frozen --only-group loadtest && rm -r .venv/lib/python3.*/site-packages/gevent/tests  # with keys of theirs

FROM python AS loadtest
COPY --from=build-loadtest /app/.venv /app/.venv
COPY loadtest loadtest
USER triptych
EXPOSE 8089

FROM build-${PACKAGE} AS build
ARG PACKAGE
COPY scripts/added-files /usr/local/bin/
RUN added-files /third-party uv sync --frozen --no-install-workspace --inexact --all-extras --package ${PACKAGE}
COPY serving serving
COPY ${PACKAGE} ${PACKAGE}
RUN added-files /own uv sync --frozen --no-editable --inexact --all-extras --package ${PACKAGE}

FROM run-${PACKAGE}
COPY --from=build /third-party /
COPY --from=build /own /
USER triptych
EXPOSE 8000
