variable "name" {
  description = "Start of the names."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the database."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the database, in two availability zones at least."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Security groups that may connect, by name."
  type        = map(string)
}

variable "instance_class" {
  description = "Class of the instance."
  type        = string
}

variable "storage_gb" {
  description = "Storage to begin with, in GB; 20 at least."
  type        = number
}

variable "max_storage_gb" {
  description = "Up to where storage grows by itself, in GB."
  type        = number
}

variable "multi_az" {
  description = "Whether a second instance stands by; without it counting waits while the first is away."
  type        = bool
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key; null for RDS's own."
  type        = string
  default     = null
}

variable "force_destroy" {
  description = "Whether terraform destroy deletes the database without a snapshot."
  type        = bool
}
