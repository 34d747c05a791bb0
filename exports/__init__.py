"""What goes out: papers, pure functions of the frozen documents of ``queries/document.py``."""
