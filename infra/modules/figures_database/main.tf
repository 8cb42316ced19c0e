# PostgreSQL for the figures. What is in it can be counted again as far as the streams reach back, and
# older figures from backups.

locals {
  port     = 5432
  database = "figures"
}

resource "aws_db_subnet_group" "this" {
  name        = "${var.name}-figures"
  description = "Figures of ${var.name}"
  subnet_ids  = var.subnet_ids
}

resource "aws_db_parameter_group" "this" {
  name        = "${var.name}-figures"
  family      = "postgres17"
  description = "Figures of ${var.name}"

  # Nobody connects without TLS.
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "this" {
  identifier     = "${var.name}-figures"
  engine         = "postgres"
  engine_version = "17"
  instance_class = var.instance_class
  db_name        = local.database
  port           = local.port
  multi_az       = var.multi_az

  storage_type          = "gp3"
  allocated_storage     = var.storage_gb
  max_allocated_storage = var.max_storage_gb
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  # For who makes the app's user; RDS keeps the password and changes it every week.
  username                      = "owner"
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.kms_key_arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  parameter_group_name   = aws_db_parameter_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false

  auto_minor_version_upgrade = true
  backup_retention_period    = 7
  copy_tags_to_snapshot      = true
  deletion_protection        = !var.force_destroy
  skip_final_snapshot        = var.force_destroy
  final_snapshot_identifier  = var.force_destroy ? null : "${var.name}-figures-final"
}

resource "aws_security_group" "this" {
  name        = "${var.name}-figures"
  description = "Database of the figures of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = each.value
}
