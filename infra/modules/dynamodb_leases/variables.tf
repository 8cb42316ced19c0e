variable "name" {
  description = "Name of the lease table, KCL_APPLICATION_NAME; the names of the other two begin with it."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key; null for DynamoDB's own."
  type        = string
  default     = null
}
