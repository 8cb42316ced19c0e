# What the other modules create, as plain values: no provider, so that terraform validate and
# terraform test work anywhere.

locals {
  # Whatever Terraform is given here the app is given too, under the names of its settings.
  environment = merge(
    var.app_settings,
    {
      CLOUD               = "aws"
      CREATE_RESOURCES    = "false"
      AWS_REGION          = var.region
      KINESIS_STREAM_NAME = var.stream_name
      TARGET_BUCKET       = var.lake_bucket
      STATE_BUCKET        = var.state_bucket
      DLQ_QUEUE_NAME      = var.queue_name
    },
    var.lease_table == null ? {} : { SHARD_COORDINATION = "kcl", KCL_APPLICATION_NAME = var.lease_table },
    var.endpoint_url == null ? {} : { AWS_ENDPOINT_URL = var.endpoint_url },
  )

  arns = {
    stream = "arn:${var.partition}:kinesis:${var.region}:${var.account_id}:stream/${var.stream_name}"
    lake   = "arn:${var.partition}:s3:::${var.lake_bucket}"
    state  = "arn:${var.partition}:s3:::${var.state_bucket}"
    queue  = "arn:${var.partition}:sqs:${var.region}:${var.account_id}:${var.queue_name}"
    leases = flatten([
      for table in var.lease_table == null ? [] : [var.lease_table, "${var.lease_table}-WorkerMetricStats", "${var.lease_table}-CoordinatorState"] : [
        "arn:${var.partition}:dynamodb:${var.region}:${var.account_id}:table/${table}",
        "arn:${var.partition}:dynamodb:${var.region}:${var.account_id}:table/${table}/index/*",
      ]
    ])
  }
}
