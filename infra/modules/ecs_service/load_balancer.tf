locals {
  load_balancers = var.load_balancer == null ? {} : { intake = var.load_balancer }
  listener_port  = try(var.load_balancer.certificate_arn, null) == null ? 80 : 443
}

resource "aws_lb" "intake" {
  for_each = local.load_balancers

  name                       = var.name
  load_balancer_type         = "application"
  internal                   = each.value.internal
  subnets                    = each.value.subnet_ids
  security_groups            = [aws_security_group.load_balancer[each.key].id]
  drop_invalid_header_fields = true
  # Longer than the 20 seconds for which the app may wait for Kinesis before it answers.
  idle_timeout = 60
}

resource "aws_lb_target_group" "intake" {
  for_each = local.load_balancers

  name        = var.name
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "HTTP"
  port        = local.ports.intake
  # How long requests under way may take when a task is stopped.
  deregistration_delay = 30

  health_check {
    path                = "/health"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "intake" {
  for_each = local.load_balancers

  load_balancer_arn = aws_lb.intake[each.key].arn
  port              = local.listener_port
  protocol          = each.value.certificate_arn == null ? "HTTP" : "HTTPS"
  certificate_arn   = each.value.certificate_arn
  ssl_policy        = each.value.certificate_arn == null ? null : "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.intake[each.key].arn
  }
}

resource "aws_security_group" "load_balancer" {
  for_each = local.load_balancers

  name        = "${var.name}-load-balancer"
  description = "Load balancer of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "senders" {
  for_each = toset(try(var.load_balancer.cidrs, []))

  security_group_id = aws_security_group.load_balancer["intake"].id
  description       = "Log shippers"
  ip_protocol       = "tcp"
  from_port         = local.listener_port
  to_port           = local.listener_port
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_egress_rule" "to_tasks" {
  for_each = local.load_balancers

  security_group_id            = aws_security_group.load_balancer[each.key].id
  description                  = "Intake"
  ip_protocol                  = "tcp"
  from_port                    = local.ports.intake
  to_port                      = local.ports.intake
  referenced_security_group_id = aws_security_group.tasks.id
}

resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
  for_each = local.load_balancers

  security_group_id            = aws_security_group.tasks.id
  description                  = "Intake"
  ip_protocol                  = "tcp"
  from_port                    = local.ports.intake
  to_port                      = local.ports.intake
  referenced_security_group_id = aws_security_group.load_balancer[each.key].id
}
