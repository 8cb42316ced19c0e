variable "database" {
  description = "Name of the database."
  type        = string
}

variable "tables" {
  description = "The tables by name, each from the module definitions."
  type = map(object({
    format         = string
    columns        = list(object({ name = string, type = string }))
    partition_keys = list(object({ name = string, type = string }))
    location       = string
    parameters     = map(string)
  }))
}

variable "queries" {
  description = "Example queries to save in Athena, SQL by name."
  type        = map(string)
  default     = {}
}
