"""Data-quality clinic (数据体检): checks of members' records as files, and a repair queue for the union concerned."""
