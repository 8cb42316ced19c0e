# Delivery by Amazon Data Firehose instead of the app. infra/README.md says what one gives up.

locals {
  # Only timestamps in ISO-8601 and UTC land in the right hour: jq cuts the text.
  partition_query = join(",", [
    "{service:.service",
    "year:.timestamp[0:4]",
    "month:.timestamp[5:7]",
    "day:.timestamp[8:10]",
    "hour:.timestamp[11:13]}",
  ])

  prefix = join("", [
    for key in ["service", "year", "month", "day", "hour"] : "${key}=!{partitionKeyFromQuery:${key}}/"
  ])
}

resource "aws_kinesis_firehose_delivery_stream" "this" {
  name        = var.name
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = var.stream_arn
    role_arn           = aws_iam_role.this.arn
  }

  extended_s3_configuration {
    role_arn            = aws_iam_role.this.arn
    bucket_arn          = var.bucket_arn
    prefix              = local.prefix
    error_output_prefix = "errors/firehose/!{firehose:error-output-type}/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/"
    file_extension      = var.compression == "GZIP" ? ".jsonl.gz" : ".jsonl"
    compression_format  = var.compression
    # The least that dynamic partitioning takes.
    buffering_size     = 64
    buffering_interval = var.buffering_seconds

    dynamic_partitioning_configuration {
      enabled = true
    }

    processing_configuration {
      enabled = true

      processors {
        type = "MetadataExtraction"

        parameters {
          parameter_name  = "MetadataExtractionQuery"
          parameter_value = local.partition_query
        }

        parameters {
          parameter_name  = "JsonParsingEngine"
          parameter_value = "JQ-1.6"
        }
      }

      processors {
        type = "AppendDelimiterToRecord"
      }
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.this.name
      log_stream_name = aws_cloudwatch_log_stream.this.name
    }
  }

  # Firehose tries the role at once.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/firehose/${var.name}"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_stream" "this" {
  name           = "delivery"
  log_group_name = aws_cloudwatch_log_group.this.name
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "deliver"
  role = aws_iam_role.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    # What AWS asks for in "Controlling access with Amazon Data Firehose".
    Statement = concat(
      [
        {
          Sid      = "Read"
          Effect   = "Allow"
          Action   = ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
          Resource = var.stream_arn
        },
        {
          Sid      = "Bucket"
          Effect   = "Allow"
          Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
          Resource = var.bucket_arn
        },
        {
          Sid      = "Write"
          Effect   = "Allow"
          Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
          Resource = "${var.bucket_arn}/*"
        },
        {
          Sid      = "Log"
          Effect   = "Allow"
          Action   = ["logs:PutLogEvents"]
          Resource = "${aws_cloudwatch_log_group.this.arn}:*"
        },
      ],
      var.kms_key_arn == null ? [] : [{
        Sid      = "Key"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
      }],
    )
  })
}
