#!/usr/bin/env bash
# Archives the app's classes as the JVM has them in memory, so that a start maps them instead of
# reading and checking them: camel-app.jsa beside the jar.
#
#   scripts/archive.sh [target/camel-app.jar]
#   java -XX:SharedArchiveFile=target/camel-app.jsa -jar target/camel-app.jar
#
# It is good for this jar and this JVM; with others the app starts without it. What to archive is
# found by a start on an embedded cloud of its own, which delivers a record and is deleted.
set -euo pipefail
jar=$(realpath "${1:-$(dirname "$0")/../target/camel-app.jar}")
archive=${jar%.jar}.jsa
folder=$(mktemp -d)
app=
trap '[[ -z $app ]] || kill -9 "$app" 2> /dev/null; rm -rf "$folder"' EXIT

cd "$folder"
rm -f "$archive"
env -i PATH="$PATH" CLOUD=embedded INGEST_PORT=0 OTLP_GRPC_PORT=0 LOCAL_CLOUD_PORT=0 DASHBOARD_PORT=0 \
  FLUSH_INTERVAL_MS=1000 \
  java -XX:ArchiveClassesAtExit="$archive" -jar "$jar" > log 2>&1 &
app=$!

# Waits until a command succeeds.
await() {
  for ((try = 0; try < 300; try++)); do
    if "$@" > /dev/null 2>&1; then
      return
    fi
    kill -0 "$app" 2> /dev/null || break
    sleep 0.2
  done
  echo "The app did not start or deliver:" >&2
  tail -n 20 log >&2
  exit 1
}

await grep -q 'camel-app is up' log
intake=$(sed -n 's/.* intake *\(http:[^ ,]*\).*/\1/p' log)
dashboard=$(sed -n 's/.* dashboard *\(http:[^ ,]*\).*/\1/p' log)
record="{\"timestamp\":\"$(date -u +%FT%TZ)\",\"service\":\"archive\",\"message\":\"a record\"}"
await curl -fsS -d "$record" "$intake"
curl -fsS -o /dev/null "$dashboard/observe/health"
curl -fsS -o /dev/null "$dashboard/observe/metrics"
await compgen -G 'data/s3/md-raw-logs/service=archive/*/*/*/*/*'
kill "$app"
wait "$app" || true
app=
[[ -s $archive ]] || {
  echo "The JVM wrote no $archive" >&2
  exit 1
}
