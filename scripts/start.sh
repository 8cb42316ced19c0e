#!/usr/bin/env bash
# Starts the app and waits until it takes records.
#
#   scripts/start.sh                # the jar with its embedded cloud, in the background
#   scripts/start.sh localstack     # with Docker: the app against LocalStack
#   scripts/start.sh floci          # with Docker: the app against Floci
#
# Settings come from the environment, as always.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${DATA_DIR:-./data}
pid_file=$data/app.pid
log=$data/app.log
intake=http://localhost:${INGEST_PORT:-8004}

fail() {
  echo "$*" >&2
  exit 1
}

start_jar() {
  [[ -f target/camel-app.jar ]] || fail "There is no target/camel-app.jar: mvn -q package -DskipTests"
  if [[ -f $pid_file ]] && kill -0 "$(cat "$pid_file")" 2> /dev/null; then
    fail "It runs already as process $(cat "$pid_file"): scripts/stop.sh"
  fi
  mkdir -p "$data"
  # Made by scripts/archive.sh; without it the start only takes longer.
  nohup java -XX:SharedArchiveFile=target/camel-app.jsa -jar target/camel-app.jar > "$log" 2>&1 < /dev/null &
  echo $! > "$pid_file"
  for ((second = 0; second < 60; second++)); do
    kill -0 "$(cat "$pid_file")" 2> /dev/null || fail "It did not start:"$'\n'"$(tail -n 5 "$log")"
    if grep -q 'camel-app is up' "$log" && curl -fsS -o /dev/null "$intake/health" 2> /dev/null; then
      sed -n '/camel-app is up/,/   *routes /p' "$log"
      echo "  log        $log"
      return
    fi
    sleep 1
  done
  fail "It takes no records after 60 s, see $log"
}

case ${1:-embedded} in
  embedded) start_jar ;;
  localstack) docker compose up --build --detach --wait ;;
  floci) AWS_EMULATOR_IMAGE=floci/floci:2.0.0-compat docker compose up --build --detach --wait ;;
  *) fail "embedded, localstack or floci, not $1" ;;
esac
