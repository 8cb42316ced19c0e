variable "region" {
  description = "AWS region, such as us-east-1."
  type        = string
}

variable "account_id" {
  description = "AWS account, 12 digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be 12 digits."
  }
}

variable "partition" {
  description = "AWS partition: aws, aws-cn or aws-us-gov."
  type        = string
  default     = "aws"
}

variable "stream_name" {
  description = "Kinesis stream of the logs; the app's KINESIS_STREAM_NAME."
  type        = string
}

variable "lake_bucket" {
  description = "Bucket the logs are delivered to; the app's TARGET_BUCKET."
  type        = string
}

variable "signals" {
  description = "Stream and bucket of what is taken beside logs, by metrics and traces; the app's METRICS_… and APM_…. What is not named is not taken."
  type        = map(object({ stream_name = string, bucket = string }))
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.signals), ["metrics", "traces"])) == 0
    error_message = "signals must be metrics or traces."
  }
}

variable "batch_buckets" {
  description = "Buckets of the batch layer by logs, metrics and traces; the app's BATCH_…_BUCKET. Empty: no batch layer."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.batch_buckets) == 0 || length(setsubtract(concat(["logs"], keys(var.signals)), keys(var.batch_buckets))) == 0
    error_message = "batch_buckets must have a bucket for logs and for each signal that is taken."
  }
}

variable "state_bucket" {
  description = "Bucket of the checkpoints; the app's STATE_BUCKET. No signal's."
  type        = string

  validation {
    condition     = !contains(concat([var.lake_bucket], values(var.signals)[*].bucket, values(var.batch_buckets)), var.state_bucket)
    error_message = "state_bucket must not be lake_bucket or a signal's bucket; checkpoints need a bucket of their own."
  }
}

variable "queue_name" {
  description = "SQS queue of the dead letters; the app's DLQ_QUEUE_NAME."
  type        = string
}

variable "lease_table" {
  description = "DynamoDB table of the leases by which delivering tasks share the shards; the app's KCL_APPLICATION_NAME. Null for one task that reads all."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key for stream, buckets and queue; null for keys that AWS manages."
  type        = string
  default     = null
}

variable "endpoint_url" {
  description = "Endpoint of an emulator; null for AWS itself."
  type        = string
  default     = null
}

variable "app_settings" {
  description = "Further settings of the app by environment variable, for both roles."
  type        = map(string)
  default     = {}
}

variable "metrics_log_group" {
  description = "Log group through which the app's own metrics reach CloudWatch; null: they do not."
  type        = string
  default     = null
}

variable "errors_log_group" {
  description = "Log group that the app puts errors into; its ERRORS_LOG_GROUP. Null: it does not."
  type        = string
  default     = null
}

variable "dashboard_token" {
  description = "Whether the app asks for DASHBOARD_TOKEN. Whoever has it may then look at stream and lake through the delivering service, and replay or discard dead letters; the collector of its metrics shows it, too."
  type        = bool
  default     = false
}

variable "services" {
  description = "Services that may be queried without naming one; empty: every query must name its service."
  type        = list(string)
  default     = []
}

variable "first_year" {
  description = "Earliest year of a record that can be queried."
  type        = number
  default     = 2024
}

variable "last_year" {
  description = "Latest year of a record that can be queried."
  type        = number
  default     = 2035

  validation {
    condition     = var.last_year >= var.first_year
    error_message = "last_year must not be before first_year."
  }
}
