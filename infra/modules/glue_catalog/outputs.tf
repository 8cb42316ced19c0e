output "table" {
  description = "The table's name with its database, as a query takes it."
  value       = "${aws_glue_catalog_database.this.name}.${aws_glue_catalog_table.this.name}"
}
