#!/bin/sh
# mlserver.sh [BATCHING]: MLServer with the release's k-neighbors, in the server's own process (no parallel workers, which
# one small model gains nothing from). BATCHING is more of its model-settings.json.
set -eu
folder="$PWD/.local/bench/mlserver-$PORT"
mkdir -p "$folder"
trap 'rm -rf "$folder"' EXIT
cat >"$folder/settings.json" <<END
{"host": "127.0.0.1", "http_port": $PORT, "grpc_port": $((PORT + 1)), "metrics_port": $((PORT + 2)),
 "parallel_workers": 0, "use_structured_logging": false, "debug": false}
END
cat >"$folder/model-settings.json" <<END
{"name": "k_neighbors", "implementation": "mlserver_sklearn.SKLearnModel", ${1:-}
 "parameters": {"uri": "$RELEASE/k_neighbors/model.joblib"}}
END
trap 'kill "$server"' TERM INT
mlserver start "$folder" &
server=$!
wait "$server"
wait "$server" || true
