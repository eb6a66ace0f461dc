"""Employers without a union (未建会单位) as work: leads, targets handed to cadres, visits, and how each ended."""
