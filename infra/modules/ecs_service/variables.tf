variable "name" {
  description = "Name of the service, its log group and its security group."
  type        = string
}

variable "cluster_arn" {
  description = "ECS cluster."
  type        = string
}

variable "image" {
  description = "Image of the app, best by digest."
  type        = string
}

variable "cpu_architecture" {
  description = "X86_64 or ARM64, what the image was built for."
  type        = string
  default     = "X86_64"
}

variable "cpu" {
  description = "CPU units of a task, 1024 to a virtual CPU."
  type        = number
  default     = 1024
}

variable "memory" {
  description = "Memory of a task in MiB; the heap takes up to 60 % of it."
  type        = number
  default     = 2048
}

variable "tasks" {
  description = "Tasks to run: { min, max }. Where max is more, CPU decides between the two."
  type        = object({ min = number, max = number })

  validation {
    condition     = var.tasks.min >= 0 && var.tasks.max >= var.tasks.min
    error_message = "tasks.max must not be below tasks.min."
  }
}

variable "replace_before_stop" {
  description = "Whether a deployment starts new tasks before it stops old ones, rather than after."
  type        = bool
}

variable "environment" {
  description = "Settings of the app by environment variable."
  type        = map(string)
}

variable "secrets" {
  description = "ARNs of secrets by the environment variable that gets them."
  type        = map(string)
  default     = {}
}

variable "task_role_arn" {
  description = "Role of the app."
  type        = string
}

variable "execution_role_arn" {
  description = "Role with which ECS starts the task."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the tasks, private ones with a way to AWS (NAT or VPC endpoints)."
  type        = list(string)
}

variable "assign_public_ip" {
  description = "Whether tasks get public addresses, as they need in public subnets without NAT."
  type        = bool
  default     = false
}

variable "operator_cidrs" {
  description = "Networks that may reach port 8010: dashboard, health and metrics."
  type        = list(string)
  default     = []
}

variable "load_balancer" {
  description = "Load balancer in front of port 8004: its subnets, who may reach it, whether it is internal, and the ACM certificate for HTTPS; null for none, certificate_arn null for plain HTTP."
  type = object({
    subnet_ids      = list(string)
    cidrs           = list(string)
    internal        = bool
    certificate_arn = optional(string)
  })
  default = null
}

variable "collector" {
  description = "Collector of the app's own metrics beside it: image and configuration as YAML; null for none."
  type        = object({ image = string, configuration = string })
  default     = null
}

variable "log_retention_days" {
  description = "Days for which CloudWatch keeps the app's own log."
  type        = number
  default     = 30
}

variable "kms_key_arn" {
  description = "Customer-managed KMS key for the app's own log; null for CloudWatch's own."
  type        = string
  default     = null
}
