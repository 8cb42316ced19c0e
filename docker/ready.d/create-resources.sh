#!/bin/sh
# Creates the streams, the buckets and the queue in an emulator that has just started, where they are
# missing. Run by LocalStack and by Floci, which have awslocal; elsewhere aws does.
set -eu

streams="${KINESIS_STREAM_NAME:-stage01-logs-stream} ${METRICS_STREAM_NAME:-stage01-metrics-stream} ${APM_STREAM_NAME:-stage01-apm-stream}"
buckets="${TARGET_BUCKET:-md-raw-logs} ${METRICS_BUCKET:-md-raw-metrics} ${APM_BUCKET:-md-raw-apm} ${STATE_BUCKET:-md-ingest-state}"
queue=${DLQ_QUEUE_NAME:-stage01-dlq}

cloud() {
  if command -v awslocal > /dev/null; then
    awslocal "$@"
  else
    aws --endpoint-url "${AWS_ENDPOINT_URL:-http://localhost:4566}" "$@"
  fi
}

exists() {
  cloud "$@" > /dev/null 2>&1
}

# In place of a name, off says that the signal is not taken.
for stream in $streams; do
  [ "$stream" != off ] || continue
  exists kinesis describe-stream-summary --stream-name "$stream" ||
    cloud kinesis create-stream --stream-name "$stream" --shard-count "${KINESIS_SHARD_COUNT:-1}"
  cloud kinesis wait stream-exists --stream-name "$stream"
done

for bucket in $buckets; do
  [ "$bucket" != off ] || continue
  exists s3api head-bucket --bucket "$bucket" || cloud s3api create-bucket --bucket "$bucket"
done

# Last, as its presence tells that all is there. 14 days and 1 MiB, as infra/modules/sqs_dlq has it.
exists sqs get-queue-url --queue-name "$queue" ||
  cloud sqs create-queue --queue-name "$queue" \
    --attributes MessageRetentionPeriod=1209600,MaximumMessageSize=1048576
