variable "name" {
  description = "Name of the trail."
  type        = string
}

variable "log_bucket" {
  description = "Existing bucket with a policy that lets CloudTrail write to it; not the lake's."
  type        = string
}

variable "object_arns" {
  description = "Starts of the ARNs of objects whose reads and writes are recorded, such as arn:aws:s3:::bucket/."
  type        = list(string)
}
