#!/bin/sh
# nginx expands no variables of the environment: they are filled in here, and only these.
set -eu
export GATEWAY_HOST="${GATEWAY_HOST:-gateway:8000}" RESOLVER="${RESOLVER:-127.0.0.11}"
envsubst '${GATEWAY_HOST} ${RESOLVER}' </etc/nginx/triptych/nginx.conf.template >/tmp/nginx.conf
nginx -q -t -e stderr -c /tmp/nginx.conf
exec nginx -e stderr -c /tmp/nginx.conf
