variable "name" {
  description = "Name of the queue, a standard one."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key; null for SQS's own keys."
  type        = string
  default     = null
}

variable "source_queue_arns" {
  description = "Queues that may name this one as their dead-letter queue; none for none."
  type        = list(string)
  default     = []
}
