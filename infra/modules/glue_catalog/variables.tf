variable "database" {
  description = "Name of the database."
  type        = string
}

variable "table" {
  description = "Name of the table."
  type        = string
}

variable "definition" {
  description = "The table, from the module definitions."
  type = object({
    columns        = list(object({ name = string, type = string }))
    partition_keys = list(object({ name = string, type = string }))
    location       = string
    parameters     = map(string)
  })
}

variable "queries" {
  description = "Example queries to save in Athena, SQL by name."
  type        = map(string)
  default     = {}
}
