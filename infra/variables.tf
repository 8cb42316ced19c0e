variable "environment" {
  description = "Name of this installation, such as dev; part of the names of roles, services and alarms, and a tag of everything."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{1,14}$", var.environment))
    error_message = "environment must be 1 to 14 lower-case letters, digits and hyphens: load balancers have short names."
  }
}

variable "region" {
  description = "AWS region."
  type        = string
  default     = "us-east-1"
}

variable "endpoint_url" {
  description = "Endpoint of an emulator such as LocalStack; null for AWS itself."
  type        = string
  default     = null
}

variable "tags" {
  description = "Further tags of everything."
  type        = map(string)
  default     = {}
}

variable "stream_name" {
  description = "Kinesis stream of the logs; the app's KINESIS_STREAM_NAME."
  type        = string
  default     = "stage01-logs-stream"
}

variable "lake_bucket" {
  description = "Bucket the logs are delivered to; the app's TARGET_BUCKET. On AWS the name must be unique among all accounts."
  type        = string
  default     = "md-raw-logs"
}

variable "metrics" {
  description = "Stream and bucket of metrics; the app's METRICS_STREAM_NAME and METRICS_BUCKET. Null: metrics are not taken."
  type = object({
    stream_name = optional(string, "stage01-metrics-stream")
    bucket      = optional(string, "md-raw-metrics")
  })
  default = {}
}

variable "traces" {
  description = "Stream and bucket of traces; the app's APM_STREAM_NAME and APM_BUCKET. Null: traces are not taken."
  type = object({
    stream_name = optional(string, "stage01-apm-stream")
    bucket      = optional(string, "md-raw-apm")
  })
  default = {}
}

variable "batch" {
  description = "Buckets of the batch layer, the same records as Parquet every ten minutes; the app's BATCH_…_BUCKET. Null: no batch layer."
  type = object({
    logs    = optional(string, "md-lake-logs")
    metrics = optional(string, "md-lake-metrics")
    traces  = optional(string, "md-lake-apm")
  })
  default = null
}

variable "state_bucket" {
  description = "Bucket of the checkpoints; the app's STATE_BUCKET. On AWS the name must be unique among all accounts."
  type        = string
  default     = "md-ingest-state"
}

variable "queue_name" {
  description = "SQS queue of the dead letters; the app's DLQ_QUEUE_NAME."
  type        = string
  default     = "stage01-dlq"
}

variable "shard_count" {
  description = "Shards of each stream, each taking 1 MB or 1,000 records a second; null for on-demand capacity."
  type        = number
  default     = 1
}

variable "retention_hours" {
  description = "Hours for which the stream keeps records: how long delivery may be down without a loss."
  type        = number
  default     = 72
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key for stream, buckets, queue, table and the app's log, whose policy lets CloudWatch Logs use it; null for keys that AWS manages."
  type        = string
  default     = null
}

variable "raw_transitions" {
  description = "Days after which logs move to a storage class: { days, storage_class }."
  type        = list(object({ days = number, storage_class = string }))
  default = [
    { days = 30, storage_class = "STANDARD_IA" },
    { days = 180, storage_class = "GLACIER" },
  ]
}

variable "error_days" {
  description = "Days after which bytes of dead letters too large for a message are deleted; more than the 14 days of the queue."
  type        = number
  default     = 90

  validation {
    condition     = var.error_days > 14
    error_message = "error_days must be more than the 14 days for which the queue keeps the message that points there."
  }
}

variable "force_destroy" {
  description = "Whether terraform destroy deletes the buckets with all they hold."
  type        = bool
  default     = false
}

variable "lease_table" {
  description = "DynamoDB table of the leases by which several delivering tasks share the shards; null for one task."
  type        = string
  default     = null
}

variable "delivery" {
  description = "What delivers from the stream to the lake: app, or firehose (infra/README.md says what one gives up)."
  type        = string
  default     = "app"

  validation {
    condition     = contains(["app", "firehose"], var.delivery)
    error_message = "delivery must be app or firehose."
  }
}

variable "app" {
  description = "The app on Fargate: its image, sizes, settings, secrets by environment variable, and network; null to run it elsewhere."
  type = object({
    image            = string
    repository_arn   = optional(string)
    cpu_architecture = optional(string, "X86_64")
    intake           = optional(object({ cpu = number, memory = number, min = number, max = number }), { cpu = 1024, memory = 2048, min = 2, max = 6 })
    deliver          = optional(object({ cpu = number, memory = number, tasks = optional(number, 1) }), { cpu = 1024, memory = 2048, tasks = 1 })
    settings         = optional(map(string), {})
    secrets          = optional(map(string), {})
    network = object({
      vpc_id           = string
      subnet_ids       = list(string)
      assign_public_ip = optional(bool, false)
      operator_cidrs   = optional(list(string), [])
    })
    # Of aws-otel-collector, where the app's own metrics shall reach CloudWatch.
    collector_image = optional(string)
    load_balancer = optional(object({
      subnet_ids      = list(string)
      cidrs           = list(string)
      internal        = optional(bool, true)
      certificate_arn = optional(string)
    }))
  })
  default = null
}

variable "vpc_endpoint_route_table_ids" {
  description = "Route tables of the app's subnets, for VPC endpoints to AWS's services; null for no endpoints."
  type        = list(string)
  default     = null
}

variable "figures" {
  description = "PostgreSQL on RDS for the figures, in the VPC of the app: private subnets in two availability zones, size and storage; null for none. The app's user and SPEED_PASSWORD are made by hand (infra/README.md)."
  type = object({
    subnet_ids     = list(string)
    instance_class = optional(string, "db.t4g.small")
    storage_gb     = optional(number, 20)
    max_storage_gb = optional(number, 100)
    multi_az       = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.figures == null || var.app != null
    error_message = "figures needs app, in whose VPC the database is."
  }
}

variable "errors" {
  description = "Log group for log records of level ERRORS_LEVEL and above, and the days it keeps them; null for none."
  type = object({
    log_group      = string
    retention_days = optional(number, 7)
  })
  default = null

  validation {
    condition     = var.errors == null || var.delivery == "app"
    error_message = "errors needs delivery = \"app\", which puts them."
  }
}

variable "observability" {
  description = "Whether alarms and the CloudWatch dashboard are created."
  type        = bool
  default     = true
}

variable "alarm_action_arns" {
  description = "What is told when an alarm starts and ends, such as SNS topics."
  type        = list(string)
  default     = []
}

variable "catalog" {
  description = "The lake as tables for Athena: names of database and tables, and the services that may be queried without naming one; null for none."
  type = object({
    database = optional(string, "logs")
    table    = optional(string, "raw_logs")
    metrics  = optional(string, "raw_metrics")
    traces   = optional(string, "raw_traces")
    services = optional(list(string), [])
  })
  default = null
}

variable "cloudtrail_bucket" {
  description = "Existing bucket that CloudTrail may write to, to record who reads and writes objects of the lake; null for no trail."
  type        = string
  default     = null
}
