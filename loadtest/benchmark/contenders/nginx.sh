#!/bin/sh
# nginx.sh PORT GATEWAY_PORT: nginx as it is shipped, in front of a gateway on this host. It runs in the image that the
# frontend is built from, on the host's network; nothing but the address that it listens on differs.
set -eu
command -v docker >/dev/null || { echo "nginx runs in its image: a Docker Engine is needed" >&2; exit 1; }
folder="$PWD/.local/bench/nginx-$1"
rm -rf "$folder" && cp -r frontend/nginx "$folder" && chmod -R a+rX "$folder"
sed -i.shipped "s/listen 8000;/listen 127.0.0.1:$1;/" "$folder/nginx.conf.template"
container=$(docker run --detach --rm --network host --user 10001:10001 --read-only --tmpfs /tmp --cap-drop ALL \
  --env GATEWAY_HOST="127.0.0.1:$2" --env RESOLVER=127.0.0.1 \
  --volume "$folder:/etc/nginx/triptych:ro" --entrypoint /etc/nginx/triptych/start.sh nginx:1.30)
trap 'docker stop --time 5 "$container" >/dev/null; rm -rf "$folder"' EXIT
trap 'exit 0' TERM INT
docker logs "$container"
docker wait "$container" >/dev/null &
wait
docker logs "$container" 2>&1 || true
