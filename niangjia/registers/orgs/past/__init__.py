"""The tree as it stood on a past day (那一天的组织树): what stood below what, by which names, and how many there were."""
