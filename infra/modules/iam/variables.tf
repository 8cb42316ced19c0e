variable "name" {
  description = "Start of the names of all roles."
  type        = string
}

variable "policies" {
  description = "Policy of each task role, as JSON: what the app itself may do."
  type        = map(string)
}

variable "secret_arns" {
  description = "Secrets that ECS reads to start a task."
  type        = list(string)
  default     = []
}

variable "log_group_arns" {
  description = "Log groups that ECS writes the app's log to."
  type        = list(string)
  default     = []
}

variable "repository_arns" {
  description = "ECR repositories that ECS pulls images from."
  type        = list(string)
  default     = []
}
