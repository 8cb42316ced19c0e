output "jdbc_url" {
  description = "SPEED_JDBC_URL of the app."
  value       = "jdbc:postgresql://${aws_db_instance.this.endpoint}/${aws_db_instance.this.db_name}?sslmode=require"
}
