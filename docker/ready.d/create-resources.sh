#!/bin/sh
# Creates the stream, the buckets and the queue in an emulator that has just started, where they are
# missing. Run by LocalStack and by Floci, which have awslocal; elsewhere aws does.
set -eu

stream=${KINESIS_STREAM_NAME:-stage01-logs-stream}
lake=${TARGET_BUCKET:-md-raw-logs}
state=${STATE_BUCKET:-md-ingest-state}
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

exists kinesis describe-stream-summary --stream-name "$stream" ||
  cloud kinesis create-stream --stream-name "$stream" --shard-count "${KINESIS_SHARD_COUNT:-1}"
cloud kinesis wait stream-exists --stream-name "$stream"

for bucket in "$lake" "$state"; do
  exists s3api head-bucket --bucket "$bucket" || cloud s3api create-bucket --bucket "$bucket"
done

# Last, as its presence tells that all is there. 14 days and 1 MiB, as infra/modules/sqs_dlq has it.
exists sqs get-queue-url --queue-name "$queue" ||
  cloud sqs create-queue --queue-name "$queue" \
    --attributes MessageRetentionPeriod=1209600,MaximumMessageSize=1048576
