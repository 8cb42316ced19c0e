output "arns" {
  description = "ARNs of the tables."
  value = [
    aws_dynamodb_table.leases.arn,
    aws_dynamodb_table.workers.arn,
    aws_dynamodb_table.coordinator.arn,
  ]
}
