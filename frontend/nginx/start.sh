#!/bin/sh
# nginx expands no variables of the environment: they are filled in here, and only these.
set -eu
export GATEWAY_HOST="${GATEWAY_HOST:-gateway:8000}" RESOLVER="${RESOLVER:-127.0.0.11}"
export TLS_CERT="${TLS_CERT:-}" TLS_KEY="${TLS_KEY:-}" RATE_LIMIT="${RATE_LIMIT:-}"
HTTP_BIND="${HTTP_BIND:-127.0.0.1}" API_KEYS_FILE="${API_KEYS_FILE:-}"

refuse() {
  echo "frontend: $*" >&2
  exit 1
}
warn() { echo "frontend: warning: $*" >&2; }
fill() { envsubst "$2" <"/etc/nginx/triptych/$1.template" >"/tmp/$1"; }

export LISTEN_AS=""
if [ -n "$TLS_CERT$TLS_KEY" ]; then
  [ -n "$TLS_CERT" ] && [ -n "$TLS_KEY" ] || refuse "TLS_CERT and TLS_KEY belong together, and only one of them is set"
  for file in "$TLS_CERT" "$TLS_KEY"; do
    [ -e "$file" ] || refuse "$file is not there, or in a folder that uid $(id -u) may not enter"
    [ -f "$file" ] || refuse "$file is not a file"
    [ -r "$file" ] || refuse "$file cannot be read by uid $(id -u): give it the file (chown $(id -u))"
  done
  LISTEN_AS=ssl
  fill tls.conf '${TLS_CERT} ${TLS_KEY}'
fi

opened="HTTP_BIND=$HTTP_BIND opens the port to a network, and"
case $HTTP_BIND in
  127.* | ::1 | "[::1]") ;;
  *)
    if [ -z "$API_KEYS_FILE" ]; then
      warn "everybody who reaches the port may ask: $opened API_KEYS_FILE is not set"
    elif [ -z "$TLS_CERT" ]; then
      warn "API keys can be read on their way: $opened TLS_CERT is not set"
    fi
    ;;
esac

if [ -n "$RATE_LIMIT" ]; then
  export RATE="${RATE_LIMIT%r/?}"
  case $RATE_LIMIT in
    *r/s) period_s=1 ;;
    *r/m) period_s=60 ;;
    *) RATE= ;;
  esac
  case $RATE in
    "" | 0* | *[!0-9]* | ???????*)
      refuse "RATE_LIMIT=$RATE_LIMIT is not understood: it takes 1 to 999999 requests a second or a minute, as 20r/s or 600r/m" ;;
  esac
  export RETRY_AFTER_S=$(((period_s + RATE - 1) / RATE))
  fill rate-limit.conf '${RATE_LIMIT} ${RATE} ${RETRY_AFTER_S}'
fi

fill nginx.conf '${GATEWAY_HOST} ${RESOLVER} ${LISTEN_AS}'
nginx -q -t -e stderr -c /tmp/nginx.conf
exec nginx -e stderr -c /tmp/nginx.conf
