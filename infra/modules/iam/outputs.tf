output "task_role_arns" {
  description = "ARN of the app's role, by intake and deliver."
  value       = { for role, created in aws_iam_role.task : role => created.arn }
}

output "execution_role_arn" {
  description = "ARN of the role with which ECS starts tasks."
  value       = aws_iam_role.execution.arn
}
