resource "aws_sqs_queue" "this" {
  name = var.name
  # 14 days, the longest SQS allows: a dead letter should wait for a human.
  message_retention_seconds = 14 * 24 * 60 * 60
  # 1 MiB, which the app counts on; the provider's default is 256 KiB.
  max_message_size                  = 1024 * 1024
  sqs_managed_sse_enabled           = var.kms_key_arn == null ? true : null
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = var.kms_key_arn == null ? null : 3600
}

resource "aws_sqs_queue_redrive_allow_policy" "this" {
  queue_url = aws_sqs_queue.this.id
  redrive_allow_policy = jsonencode(merge(
    { redrivePermission = length(var.source_queue_arns) == 0 ? "denyAll" : "byQueue" },
    { for arns in [var.source_queue_arns] : "sourceQueueArns" => arns if length(arns) > 0 },
  ))
}

resource "aws_sqs_queue_policy" "this" {
  queue_url = aws_sqs_queue.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.this.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
