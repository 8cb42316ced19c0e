output "tables" {
  description = "The tables' names with their database, as a query takes them, by name."
  value       = { for name, table in aws_glue_catalog_table.this : name => "${aws_glue_catalog_database.this.name}.${table.name}" }
}
