"""The journal (日志): proof of every change and every look."""
