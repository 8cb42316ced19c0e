# Two kinds of roles: the task roles are the app's own, one for intake and one for delivery; the
# execution role is what ECS needs to start it.

locals {
  trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  execution = concat(
    length(var.log_group_arns) == 0 ? [] : [{
      # The app's standard output becomes a log stream.
      Sid      = "Logs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = [for arn in var.log_group_arns : "${arn}:*"]
    }],
    length(var.secret_arns) == 0 ? [] : [{
      # Keys and tokens reach the app as environment variables.
      Sid      = "Secrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = var.secret_arns
    }],
    length(var.repository_arns) == 0 ? [] : [
      {
        # The image.
        Sid      = "Images"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = var.repository_arns
      },
      {
        # A login to ECR, which cannot be narrowed down to a repository.
        Sid      = "Registry"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"]
      },
    ],
  )
}

resource "aws_iam_role" "task" {
  for_each = var.policies

  name               = "${var.name}-${each.key}"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "task" {
  for_each = var.policies

  name   = "app"
  role   = aws_iam_role.task[each.key].id
  policy = each.value
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "execution" {
  count = length(local.execution) == 0 ? 0 : 1

  name   = "start-tasks"
  role   = aws_iam_role.execution.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.execution })
}
