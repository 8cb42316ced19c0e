variable "name" {
  description = "Name of the table: the application name of the Kinesis Client Library that uses it."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key; null for DynamoDB's own."
  type        = string
  default     = null
}
