#!/usr/bin/env bash
# Sends records over HTTP, waits until they lie in the lake, and compares: each once, byte for byte,
# in the hour of its own timestamp; then has the stream and the lake audited for them. Ends with
# another status than 0 when anything is missing, doubled or in the wrong place.
#
#   scripts/test-pipeline.sh                                     # embedded cloud, or compose
#   CLOUD=aws INGEST_URL=https://… TARGET_BUCKET=… scripts/test-pipeline.sh
#
# INGEST_URL, INGEST_API_KEY  where records are sent to, and the key if one is needed
# TARGET_BUCKET               the lake
# AWS_ENDPOINT_URL            where the lake is, unless CLOUD=aws; then the aws command is needed
# RECORDS, TIMEOUT            how many records, and how many seconds they may take
# SERVICE                     whose records they are; a new name each time if not given
# AUDIT                       the command that audits, which also takes the settings of the app that
#                             delivers; that of target/camel-app.jar where it is there, or empty
set -euo pipefail

intake=${INGEST_URL:-http://localhost:8004}
bucket=${TARGET_BUCKET:-md-raw-logs}
records=${RECORDS:-20}
timeout=${TIMEOUT:-180}
service=${SERVICE:-pipeline-test-$(date +%s)-$$}
jar=$(dirname "$0")/../target/camel-app.jar
audit=${AUDIT-$([[ ! -f $jar ]] || echo "java -jar $jar audit")}

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

if [[ ${CLOUD:-} == aws ]]; then
  command -v aws > /dev/null || fail "on AWS the lake is read with the aws command, which is not here"
  unset AWS_ENDPOINT_URL
else
  export AWS_ENDPOINT_URL=${AWS_ENDPOINT_URL:-http://localhost:4566}
  # Emulators take any credentials.
  export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-test} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-test}
fi
export AWS_DEFAULT_REGION=${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/sent" "$work/objects"

# The key goes through a file, as arguments show in the list of processes.
: > "$work/headers"
if [[ -n ${INGEST_API_KEY:-} ]]; then
  echo "X-API-Key: $INGEST_API_KEY" > "$work/headers"
fi

hour_ago() {
  date -u -d '1 hour ago' "$1" 2> /dev/null || date -u -v-1H "$1"
}

# Half of the records an hour old, half of now, each with an id so that nothing is appended to it.
make_records() {
  local number stamp partition
  local format="+%Y-%m-%dT%H:00:00Z service=$service/year=%Y/month=%m/day=%d/hour=%H"
  for ((number = 1; number <= records; number++)); do
    read -r stamp partition < <(if ((number % 2)); then hour_ago "$format"; else date -u "$format"; fi)
    mkdir -p "$work/sent/$partition"
    printf '{"timestamp":"%s","service":"%s","level":"INFO","message":"record %d of %d","record_id":"%s-%d"}\n' \
      "$stamp" "$service" "$number" "$records" "$service" "$number" |
      tee -a "$work/sent/$partition/records" >> "$work/batch"
  done
}

send() {
  curl -sS --max-time 60 -H "@$work/headers" -H 'Content-Type: application/x-ndjson' \
    -w '\n%{http_code}' --data-binary "@$1" "$intake/api/ingest/batch"
}

# Fetches those objects of the service that are not here yet.
fetch() {
  if command -v aws > /dev/null; then
    aws s3 sync --only-show-errors "s3://$bucket/service=$service/" "$work/objects/service=$service/"
    return
  fi
  local key
  curl -fsS "$AWS_ENDPOINT_URL/$bucket?list-type=2&prefix=service%3D$service%2F" |
    tr '<' '\n' | sed -n 's/^Key>//p' |
    while read -r key; do
      [[ -e "$work/objects/$key" ]] ||
        curl -fsS --create-dirs -o "$work/objects/$key" "$AWS_ENDPOINT_URL/$bucket/$key"
    done
}

lines_of() {
  case $1 in
    *.gz) gzip -dc "$1" ;;
    *.zst) zstd -dqc "$1" ;;
    *) cat "$1" ;;
  esac
}

# Puts the lines of each partition's objects into one file, as those sent are.
unpack() {
  local object partition
  rm -rf "$work/found"
  mkdir "$work/found"
  while IFS= read -r object; do
    partition=$(dirname "${object#"$work/objects/"}")
    mkdir -p "$work/found/$partition"
    lines_of "$object" >> "$work/found/$partition/records"
  done < <(find "$work/objects" -type f)
}

count() {
  find "$1" -type f -exec cat {} + | wc -l | tr -d ' '
}

sort_all() {
  find "$1" -type f -exec sort -o {} {} ';'
}

echo "1. health of $intake"
health=$(curl -sS --max-time 10 -o "$work/health" -w '%{http_code}' "$intake/health") ||
  fail "nobody answers at $intake"
[[ $health == 200 ]] || fail "GET /health answers $health: $(cat "$work/health")"

echo "2. $records records of $service, and one that is none"
make_records
{ cat "$work/batch" && echo '{"service":"no time"}'; } > "$work/with-invalid"
answer=$(send "$work/with-invalid") || fail "the records could not be sent"
[[ $answer == '{"accepted":'"$records"',"rejected":1,'*$'\n200' ]] ||
  fail "expected $records accepted and 1 rejected, got: $answer"

echo "3. waiting until they lie in s3://$bucket, at most $timeout s"
deadline=$((SECONDS + timeout))
while true; do
  fetch || fail "s3://$bucket cannot be read"
  unpack
  (($(count "$work/found") < records)) || break
  ((SECONDS < deadline)) ||
    fail "after $timeout s $(count "$work/found") of $records records are in s3://$bucket/service=$service/"
  sleep 1
done

echo "4. comparing"
sort_all "$work/sent"
sort_all "$work/found"
diff -r "$work/sent" "$work/found" || fail "what lies in the lake (>) is not what was sent (<)"

if [[ -n $audit ]]; then
  echo "5. the audit"
  # shellcheck disable=SC2086
  $audit --service "$service" --from "$(hour_ago +%FT%TZ)" | sed 's/^/   /' || fail "the audit does not find all in order"
fi

echo "6. samples"
find "$work/objects" -type f | sed "s|^$work/objects|   s3://$bucket|"
find "$work/found" -type f -exec head -n 1 {} ';' | sed 's/^/   /'

echo "OK: $records records, each once, in the hour of its own timestamp"
