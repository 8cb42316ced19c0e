variable "name" {
  description = "Name of the delivery stream, its role and its log group."
  type        = string
}

variable "stream_arn" {
  description = "Kinesis stream to read."
  type        = string
}

variable "bucket_arn" {
  description = "Bucket to write to."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key of stream and bucket; null for keys that AWS manages."
  type        = string
  default     = null
}

variable "buffering_seconds" {
  description = "Seconds after its first record that close an object, 60 to 900."
  type        = number
  default     = 60
}

variable "compression" {
  description = "UNCOMPRESSED or GZIP."
  type        = string
  default     = "UNCOMPRESSED"
}
