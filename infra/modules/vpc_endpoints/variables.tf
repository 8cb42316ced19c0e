variable "name" {
  description = "Start of the endpoints' names."
  type        = string
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the tasks."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the tasks."
  type        = list(string)
}

variable "route_table_ids" {
  description = "Route tables of these subnets, for S3, which needs no address of its own."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Security groups that may use the endpoints, by name."
  type        = map(string)
}
