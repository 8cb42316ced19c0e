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
      METRICS_STREAM_NAME = try(var.signals["metrics"].stream_name, "off")
      APM_STREAM_NAME     = try(var.signals["traces"].stream_name, "off")
      TARGET_BUCKET       = var.lake_bucket
      METRICS_BUCKET      = try(var.signals["metrics"].bucket, "off")
      APM_BUCKET          = try(var.signals["traces"].bucket, "off")
      STATE_BUCKET        = var.state_bucket
      DLQ_QUEUE_NAME      = var.queue_name
    },
    local.batch_settings,
    var.lease_table == null ? {} : { SHARD_COORDINATION = "kcl", KCL_APPLICATION_NAME = var.lease_table },
    var.errors_log_group == null ? {} : { ERRORS_LOG_GROUP = var.errors_log_group },
    var.endpoint_url == null ? {} : { AWS_ENDPOINT_URL = var.endpoint_url },
  )

  streams = concat([var.stream_name], values(var.signals)[*].stream_name)
  buckets = concat([var.lake_bucket], values(var.signals)[*].bucket, values(local.batch_buckets))

  # Of what is taken.
  batch_buckets = { for signal, bucket in var.batch_buckets : signal => bucket if contains(concat(["logs"], keys(var.signals)), signal) }

  batch_settings = length(local.batch_buckets) == 0 ? {} : merge(
    {
      BATCH             = "true"
      BATCH_LOGS_BUCKET = local.batch_buckets["logs"]
    },
    { for signal, name in { metrics = "BATCH_METRICS_BUCKET", traces = "BATCH_APM_BUCKET" } : name => local.batch_buckets[signal] if can(local.batch_buckets[signal]) },
  )

  # Each layer of each signal's stream has a lease table of its own.
  lease_tables = var.lease_table == null ? [] : flatten([
    for layer in length(local.batch_buckets) == 0 ? [var.lease_table] : [var.lease_table, "${var.lease_table}-batch"] :
    concat([layer], [for signal in keys(var.signals) : "${layer}-${signal}"])
  ])

  arns = {
    streams = [for name in local.streams : "arn:${var.partition}:kinesis:${var.region}:${var.account_id}:stream/${name}"]
    lakes   = [for name in local.buckets : "arn:${var.partition}:s3:::${name}"]
    lake    = "arn:${var.partition}:s3:::${var.lake_bucket}"
    state   = "arn:${var.partition}:s3:::${var.state_bucket}"
    errors  = "arn:${var.partition}:logs:${var.region}:${var.account_id}:log-group:${coalesce(var.errors_log_group, "none")}:*"
    queue   = "arn:${var.partition}:sqs:${var.region}:${var.account_id}:${var.queue_name}"
    leases = flatten([
      for name in local.lease_tables : [
        for table in [name, "${name}-WorkerMetricStats", "${name}-CoordinatorState"] : [
          "arn:${var.partition}:dynamodb:${var.region}:${var.account_id}:table/${table}",
          "arn:${var.partition}:dynamodb:${var.region}:${var.account_id}:table/${table}/index/*",
        ]
      ]
    ])
  }
}
