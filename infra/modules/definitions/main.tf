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
    var.endpoint_url == null ? {} : { AWS_ENDPOINT_URL = var.endpoint_url },
  )

  arns = {
    stream = "arn:${var.partition}:kinesis:${var.region}:${var.account_id}:stream/${var.stream_name}"
    lake   = "arn:${var.partition}:s3:::${var.lake_bucket}"
    state  = "arn:${var.partition}:s3:::${var.state_bucket}"
    queue  = "arn:${var.partition}:sqs:${var.region}:${var.account_id}:${var.queue_name}"
  }
}
