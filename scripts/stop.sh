#!/usr/bin/env bash
# Stops what scripts/start.sh has started. The embedded cloud keeps its data; an emulator forgets
# them, unless it is set up not to.
#
#   scripts/stop.sh [embedded|localstack|floci]
set -euo pipefail
cd "$(dirname "$0")/.."

pid_file=${DATA_DIR:-./data}/app.pid

stop_jar() {
  if [[ ! -f $pid_file ]]; then
    echo "It was not started by scripts/start.sh"
    return
  fi
  local pid
  pid=$(cat "$pid_file")
  kill "$pid" 2> /dev/null || true
  for ((tenth = 0; tenth < 200; tenth++)); do
    if ! kill -0 "$pid" 2> /dev/null; then
      rm "$pid_file"
      echo "It is stopped"
      return
    fi
    sleep 0.1
  done
  echo "Process $pid has not ended after 20 s" >&2
  exit 1
}

case ${1:-embedded} in
  embedded) stop_jar ;;
  localstack | floci) docker compose stop ;;
  *)
    echo "embedded, localstack or floci, not $1" >&2
    exit 1
    ;;
esac
