output "security_group_id" {
  description = "Security group of the tasks."
  value       = aws_security_group.tasks.id
}

output "log_group_arn" {
  description = "Log group of the app's own log."
  value       = aws_cloudwatch_log_group.this.arn
}

output "intake_url" {
  description = "Where log shippers send to; null without a load balancer."
  value = try(format("%s://%s",
    local.listener_port == 443 ? "https" : "http",
  aws_lb.intake["intake"].dns_name), null)
}
