"""Lists leave the house only safely: who agrees, what exactly is made, and how long the file lives (导出)."""
