variable "bucket" {
  description = "Name of the bucket; unique among all buckets of all AWS accounts."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key (SSE-KMS); null for S3's own keys (SSE-S3)."
  type        = string
  default     = null
}

variable "transitions" {
  description = "Days after which objects under a prefix move to a storage class: { prefix, days, storage_class }."
  type = list(object({
    prefix        = string
    days          = number
    storage_class = string
  }))
  default = []
}

variable "expirations" {
  description = "Days after which objects under a prefix are deleted, by prefix."
  type        = map(number)
  default     = {}
}

variable "old_versions_days" {
  description = "Days for which a deleted or overwritten version is kept."
  type        = number
  default     = 30
}

variable "force_destroy" {
  description = "Whether terraform destroy deletes the bucket with all it holds."
  type        = bool
  default     = false
}
