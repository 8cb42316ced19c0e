variable "name" {
  description = "Name of the stream."
  type        = string
}

variable "shard_count" {
  description = "Shards, each taking 1 MB or 1,000 records a second; null for on-demand capacity."
  type        = number
  default     = null

  validation {
    condition     = var.shard_count == null || try(var.shard_count >= 1, false)
    error_message = "shard_count must be at least 1, or null for on-demand capacity."
  }
}

variable "retention_hours" {
  description = "Hours for which the stream keeps records, 24 to 8760: how long delivery may be down without a loss."
  type        = number
  default     = 72

  validation {
    condition     = var.retention_hours >= 24 && var.retention_hours <= 8760
    error_message = "retention_hours must be 24 to 8760."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key; null for the key that AWS manages for Kinesis."
  type        = string
  default     = null
}
