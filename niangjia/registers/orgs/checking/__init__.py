"""Checks of the registers (数据核查): one SQL file each; its head says in two languages what holds, by which source, and what next."""
