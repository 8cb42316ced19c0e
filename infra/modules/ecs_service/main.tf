# The app on Fargate in one role, as a service of ECS.

locals {
  ports = { intake = 8004, dashboard = 8010 }

  # What the app writes to on a read-only root file system. The image declares them as volumes of
  # its user; ECS mounts them empty.
  scratch = { tmp = "/tmp", inbox = "/app/inbox" }

  container = {
    name                   = "app"
    image                  = var.image
    essential              = true
    user                   = "1000:1000"
    readonlyRootFilesystem = true
    # The app stops within 10 seconds. What it had no time to deliver is read again.
    stopTimeout = 30
    environment = [for name in sort(keys(var.environment)) : { name = name, value = var.environment[name] }]
    secrets     = [for name in sort(keys(var.secrets)) : { name = name, valueFrom = var.secrets[name] }]
    portMappings = [
      for port in values(local.ports) : { containerPort = port, hostPort = port, protocol = "tcp" }
    ]
    mountPoints = [
      for volume, path in local.scratch : { sourceVolume = volume, containerPath = path, readOnly = false }
    ]
    linuxParameters = { initProcessEnabled = true }
    healthCheck = {
      command     = ["CMD", "/app/healthcheck.sh"]
      interval    = 10
      timeout     = 5
      retries     = 3
      startPeriod = 60
    }
    logConfiguration = local.logging
  }

  # AWS's distribution of the OpenTelemetry collector. The app goes on without it.
  collectors = [
    for collector in var.collector[*] : {
      name             = "collector"
      image            = collector.image
      essential        = false
      environment      = [{ name = "AOT_CONFIG_CONTENT", value = collector.configuration }]
      secrets          = [for secret in local.container.secrets : secret if secret.name == "DASHBOARD_TOKEN"]
      logConfiguration = local.logging
    }
  ]

  logging = {
    logDriver = "awslogs"
    options = {
      "awslogs-group"         = aws_cloudwatch_log_group.this.name
      "awslogs-region"        = var.environment["AWS_REGION"]
      "awslogs-stream-prefix" = "task"
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  task_role_arn            = var.task_role_arn
  execution_role_arn       = var.execution_role_arn
  container_definitions    = jsonencode(concat([local.container], local.collectors))

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  dynamic "volume" {
    for_each = local.scratch

    content {
      name = volume.key
    }
  }
}

resource "aws_ecs_service" "this" {
  name                               = var.name
  cluster                            = var.cluster_arn
  task_definition                    = aws_ecs_task_definition.this.arn
  launch_type                        = "FARGATE"
  desired_count                      = var.tasks.min
  deployment_minimum_healthy_percent = var.replace_before_stop ? 100 : 0
  deployment_maximum_percent         = var.replace_before_stop ? 200 : 100
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  health_check_grace_period_seconds  = var.load_balancer == null ? null : 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.tasks.id]
    assign_public_ip = var.assign_public_ip
  }

  dynamic "load_balancer" {
    for_each = aws_lb_target_group.intake

    content {
      target_group_arn = load_balancer.value.arn
      container_name   = local.container.name
      container_port   = local.ports.intake
    }
  }

  lifecycle {
    # The number of tasks is autoscaling's once they run.
    ignore_changes = [desired_count]
  }

  depends_on = [aws_lb_listener.intake]
}

resource "aws_security_group" "tasks" {
  name        = "${var.name}-tasks"
  description = "Tasks of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "aws" {
  security_group_id = aws_security_group.tasks.id
  description       = "HTTPS to AWS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "operators" {
  for_each = toset(var.operator_cidrs)

  security_group_id = aws_security_group.tasks.id
  description       = "Dashboard, health and metrics"
  ip_protocol       = "tcp"
  from_port         = local.ports.dashboard
  to_port           = local.ports.dashboard
  cidr_ipv4         = each.value
}
