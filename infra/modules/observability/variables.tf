variable "name" {
  description = "Name of the dashboard and start of the alarms' names."
  type        = string
}

variable "alarms" {
  description = "Alarms by name, from the module definitions: description, comparison, threshold, minutes, missing and queries."
  type        = any
}

variable "dashboard" {
  description = "Body of the dashboard, as JSON."
  type        = string
}

variable "action_arns" {
  description = "What is told when an alarm starts and ends, such as SNS topics."
  type        = list(string)
  default     = []
}
